namespace McpRuntime.Credentials;

/// <summary>When some files were last written and how long they are: another state means another content.</summary>
/// <param name="Sum">Of times and lengths; missing files count too.</param>
/// <param name="IsSettled">
/// The last change was long enough ago that one more would show: a file that is written twice within a tick of the file
/// system's clock has the same time twice.
/// </param>
internal sealed record FileStates(long Sum, bool IsSettled)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public static FileStates Of(string folder, string[] names)
    {
        // Compared with times of the file system, which no other clock sets.
#pragma warning disable RS0030
        var now = DateTime.UtcNow;
#pragma warning restore RS0030
        var sum = 17L;
        var isSettled = true;
        foreach (var name in names)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            // Links of a container's mount lead to the version of the day; theirs is the time that counts.
            var target = file.Exists
                ? file.LinkTarget is null
                    ? file
                    : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo
                : null;
            var written = target?.LastWriteTimeUtc ?? default;
            sum = unchecked((sum * 1_000_003) + written.Ticks + (target?.Length ?? -1));
            isSettled &= (now - written).Duration() > Tick;
        }
        return new FileStates(sum, isSettled);
    }
}
