using McpRuntime.Http.ConnectorCredentials;
using McpRuntime.Http.Health;
using McpRuntime.Locks;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Overview;

/// <summary>A connector that a caller reaches.</summary>
internal sealed record ConnectorEntry
{
    public required string Name { get; init; }

    /// <summary>Null for one of the folder.</summary>
    public string? Project { get; init; }

    /// <summary>Null where it cannot be read.</summary>
    public ConnectorManifest? Manifest { get; init; }

    /// <summary>Its tools that are served; to a caller who manages nothing here, those that it may call.</summary>
    public int Tools { get; init; }

    /// <summary>Null for a caller who manages nothing here: it is not told what is behind the gateway.</summary>
    public ConnectorHealth? Health { get; init; }

    /// <summary>Calls of it are accepted.</summary>
    public bool IsServed { get; init; }

    /// <summary>Null for the folder's, which have no entity tag.</summary>
    public string? ETag { get; init; }

    /// <summary>How its tools differ from what was reviewed; such tools are not served.</summary>
    public IReadOnlyList<LockDifference> Refused { get; init; } = [];

    /// <summary>
    /// The command that shows the differences and puts them into the lock, for the operator: no request can do it,
    /// since those who may change connectors over HTTP must not approve their own changes.
    /// </summary>
    public string? Approve =>
        Refused.Count == 0 ? null : $"mcp-runtime-http lock --connector {ToolLock.NameOf(Project, Name)}";

    /// <summary>
    /// One of <c>ready, disabled, not reviewed, broken, needs credentials, breaker open</c>.
    /// </summary>
    public string State =>
        Health is null ? "ready"
        : Health.Manifest == "disabled" ? "disabled"
        : Refused.Count > 0 ? "not reviewed"
        : !IsServed ? "broken"
        : Health.Credentials is not ("good" or "not needed") ? "needs credentials"
        : Health.Breaker != "closed" ? "breaker open"
        : "ready";

    /// <summary>The state in words; null where there is nothing to say.</summary>
    public string? Detail =>
        State switch
        {
            "needs credentials" => Health!.Credentials,
            "breaker open" => Health!.Breaker,
            "disabled" => null,
            "not reviewed" => string.Join(' ', LockDifference.Describe(Refused)),
            _ => Health is null or { Manifest: "good" } ? null : Health.Manifest,
        };

    /// <summary>Its credentials that calls cannot use; empty for a caller who is not told.</summary>
    public IReadOnlyList<CredentialState> Unready { get; init; } = [];

    /// <summary>What is missing, and a text to copy that sets it.</summary>
    public IEnumerable<(string What, string How)> Missing =>
        State == "needs credentials"
            ? Unready.Select(state =>
                (
                    $"{state.Slot.Scheme} ({state.Target.Kind}): {state.Problem ?? state.State}",
                    state.Binding is null ? state.Variables ?? "" : $"POST {state.Slot.PathOf("/confirm")}"
                )
            )
            : [];
}
