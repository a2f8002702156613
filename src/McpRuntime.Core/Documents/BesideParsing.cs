namespace McpRuntime.Documents;

/// <summary>
/// Work on a document that needs nothing but its bytes. Of a large document it begins at once on another thread, as it
/// takes about as long as parsing; of a small one it is done when it is asked for.
/// </summary>
internal sealed class BesideParsing<T>
{
    // Below this, handing the work to another thread costs as much as it saves.
    private const int FewestBytes = 256 * 1024;

    private readonly Lazy<T>? _onDemand;
    private readonly Task<T>? _running;

    /// <param name="bytes">How many there are.</param>
    /// <param name="work">May be carried out although nobody asks for the result.</param>
    internal BesideParsing(int bytes, Func<T> work)
    {
        if (bytes < FewestBytes)
            _onDemand = new Lazy<T>(work);
        else
            _running = Task.Run(work);
    }

    /// <summary>False while the work may still read the bytes.</summary>
    internal bool IsDone => _running is null or { IsCompleted: true };

    /// <summary>The result, or the exception of the work.</summary>
    internal T Result => _onDemand is null ? _running!.GetAwaiter().GetResult() : _onDemand.Value;
}
