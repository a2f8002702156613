namespace McpRuntime.Concurrency;

/// <summary>
/// Reads a text once more, for something that is needed later, while others go on with it: a check or a hash takes
/// about as long as parsing does.
/// </summary>
internal static class BackgroundScan
{
    // Handing a smaller text to a thread costs more than reading it.
    private const int FewestBytes = 256 * 1024;

    /// <param name="text">Does not change.</param>
    /// <param name="scan">Reads it, and throws nothing.</param>
    internal static Task<T> Start<T>(ReadOnlyMemory<byte> text, Func<ReadOnlyMemory<byte>, T> scan) =>
        text.Length < FewestBytes ? Task.FromResult(scan(text)) : Task.Run(() => scan(text));
}
