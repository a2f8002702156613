using McpRuntime.Credentials;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// A browser whose user has proved to be the caller of a ticket. It is in a cookie of that browser and nowhere else.
/// </summary>
/// <param name="Ticket"><see cref="ConnectTicket.Hash"/>.</param>
/// <param name="Caller">Who was proved.</param>
/// <param name="FormValue">Every form of this browser carries it: other sites cannot know it.</param>
internal sealed record ConnectSession(string Ticket, string Caller, string FormValue)
{
    /// <summary>Names the session among those of a browser, in URLs and cookies; it is not a secret.</summary>
    public string Id => Ticket[..16];

    /// <summary>The authorization request that is under way; null before it, and after its answer.</summary>
    public Secret? Request { get; init; }

    /// <summary>Where that request was made to, to notice a connector that was changed meanwhile.</summary>
    public string Provider { get; init; } = "";

    /// <summary>An account was connected.</summary>
    public bool IsDone { get; init; }
}
