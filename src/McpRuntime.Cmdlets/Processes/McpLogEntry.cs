namespace McpRuntime.Cmdlets.Processes;

/// <summary>How much a line of a server's log matters.</summary>
public enum McpLogLevel
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>A line of a server's log.</summary>
/// <param name="Server">Name of the server, or of the session with it.</param>
/// <param name="Time">When it arrived.</param>
/// <param name="Level">Information where the server does not say.</param>
/// <param name="Category">What wrote it; empty where the server does not say.</param>
/// <param name="Message">The text; nothing in it acts on a terminal.</param>
public sealed record McpLogEntry(string Server, DateTimeOffset Time, McpLogLevel Level, string Category, string Message)
{
    public override string ToString() =>
        $"{Time:HH:mm:ss.fff} {Level} {Category}{(Category.Length > 0 ? ": " : "")}{Message}";
}
