namespace McpRuntime.Server;

/// <summary>
/// Says which tools a caller sees. One server serves many callers, each with the list that is theirs.
/// </summary>
public interface IToolSource
{
    /// <summary>A caller's list may have changed.</summary>
    event EventHandler? Changed;

    /// <summary>Who calls, with their tools; waits while manifests are loaded for the first time.</summary>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<ToolCallContext> OpenAsync(RequestOrigin origin, CancellationToken cancellationToken);

    /// <summary>A caller asked for a tool that its list does not have, and is refused.</summary>
    /// <param name="name">What it asked for.</param>
    /// <param name="context">Who asked.</param>
    void NoteUnknown(string name, ToolCallContext context) { }
}
