using McpRuntime.Http.Calls;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.LiveView;

/// <summary>What a viewer wants to see, from the query of the socket's URL.</summary>
/// <param name="Connector">Calls of this connector alone; null for all.</param>
/// <param name="Level">Log lines of at least this level; None for no lines.</param>
internal sealed record LiveFilter(string? Connector, LogLevel Level)
{
    /// <exception cref="ProblemException">The query says something else.</exception>
    public static LiveFilter Read(HttpRequest request)
    {
        var connector = request.Query["connector"].ToString();
        var level = request.Query["level"].ToString();
        var least = LogLevel.Information;
        if (level.Length > 0 && !Enum.TryParse(level, ignoreCase: true, out least))
            throw new ProblemException(Problem.Invalid("'level' in the query is no log level."));
        return new LiveFilter(connector.Length == 0 ? null : connector, least);
    }

    public bool Shows(CallEvent call) => Connector is null || call.Connector == Connector;

    public bool Shows(LogEntry entry) => Level != LogLevel.None && entry.Level >= Level;
}
