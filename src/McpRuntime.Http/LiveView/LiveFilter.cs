using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.LiveView;

/// <summary>What a viewer wants to see, from the query of the socket's URL, and may see.</summary>
/// <param name="Caller">Who views: calls of projects that it holds <see cref="Rights.Runtime"/> for.</param>
/// <param name="Connector">Calls of this connector alone; null for all.</param>
/// <param name="Level">Log lines of at least this level; None for no lines.</param>
internal sealed record LiveFilter(Caller Caller, string? Connector, LogLevel Level)
{
    /// <exception cref="ProblemException">The query says something else.</exception>
    public static LiveFilter Read(HttpRequest request, Caller caller)
    {
        var connector = request.Query["connector"].ToString();
        var level = request.Query["level"].ToString();
        var least = LogLevel.Information;
        if (level.Length > 0 && !Enum.TryParse(level, ignoreCase: true, out least))
            throw new ProblemException(Problem.Invalid("'level' in the query is not a log level."));
        return new LiveFilter(caller, connector.Length == 0 ? null : connector, least);
    }

    /// <summary>
    /// Log lines, breakers and reloads are of the gateway as a whole; the first two name what is behind any project.
    /// </summary>
    public bool ShowsGateway { get; } = Caller.Holds(Rights.Runtime, project: null);

    public bool Shows(LiveEvent happened) =>
        happened.IsCall
            ? (Connector is null || happened.Connector == Connector) && Caller.Holds(Rights.Runtime, happened.Project)
            : ShowsGateway && (!happened.IsLog || (Level != LogLevel.None && happened.Level >= Level));
}
