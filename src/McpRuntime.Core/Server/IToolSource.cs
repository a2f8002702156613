using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>Says which tools a caller sees. One server serves many callers, each with the list that is theirs.</summary>
public interface IToolSource
{
    /// <summary>A caller's list may have changed.</summary>
    event EventHandler? Changed;

    /// <summary>The list of one caller; waits while manifests are loaded for the first time.</summary>
    /// <param name="caller">Where the request came from, with its user where there is one; null when nothing is known.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<ToolList> GetAsync(JsonRpcMessageContext? caller, CancellationToken cancellationToken);

    /// <summary>A caller asked for a tool that its list does not have, and is refused.</summary>
    /// <param name="name">What it asked for.</param>
    /// <param name="caller">As for <see cref="GetAsync"/>.</param>
    void NoteUnknown(string name, JsonRpcMessageContext? caller)
    {
    }
}
