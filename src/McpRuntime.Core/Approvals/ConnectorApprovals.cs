using McpRuntime.Network;

namespace McpRuntime.Approvals;

/// <summary>
/// What a user approved for one connector. It is the user's record and is next to the manifest, never in it: a
/// manifest that changes hands, or changes its base URL, brings no approval along.
/// </summary>
public sealed record ConnectorApprovals
{
    public static ConnectorApprovals None { get; } = new();

    /// <summary>The origins that may be sent the connector's credentials.</summary>
    public IReadOnlyList<ApprovedOrigin> Origins { get; init; } = [];

    /// <summary>The hosts that may be at private or loopback addresses.</summary>
    public IReadOnlyList<ApprovedHost> PrivateHosts { get; init; } = [];

    public bool Allows(Origin origin)
    {
        foreach (var approved in Origins)
        {
            if (approved.Origin == origin)
                return true;
        }
        return false;
    }
}

/// <param name="Origin">Where credentials may go.</param>
/// <param name="ApprovedAt">When the person said so, UTC.</param>
public sealed record ApprovedOrigin(Origin Origin, DateTimeOffset ApprovedAt);

/// <param name="Host">Lower-case name or literal address, without brackets.</param>
/// <param name="ApprovedAt">When the person said so, UTC.</param>
public sealed record ApprovedHost(string Host, DateTimeOffset ApprovedAt);
