using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Http.Connectors;

/// <summary>Connectors that are served together: those of the folder, or those of one project.</summary>
internal interface IConnectorSet
{
    /// <summary>Raised after <see cref="Current"/> has changed.</summary>
    event Action? Changed;

    /// <summary>Name of the project; null for the folder's.</summary>
    string? Project { get; }

    /// <summary>What clients see where their URL does not say; null for the gateway's default.</summary>
    ToolExposure? Expose => null;

    /// <summary>What is served now.</summary>
    ServedConnectors Current { get; }

    /// <summary>See <see cref="McpRuntime.Calls.Plan.CallPlan.Addresses"/>.</summary>
    /// <param name="connector">One of <see cref="Current"/>.</param>
    AddressPolicy? AddressesOf(ConnectorManifest connector);

    /// <summary>Completes when <see cref="Current"/> has been loaded for the first time.</summary>
    Task Loaded { get; }
}

/// <summary>Connectors of a set at one moment. Immutable.</summary>
/// <param name="Connectors">Those that are enabled, by name.</param>
/// <param name="Tools">Their tools, as far as the set's own filters let them through.</param>
internal sealed record ServedConnectors(IReadOnlyList<ConnectorManifest> Connectors, ToolCatalog Tools)
{
    public static ServedConnectors None { get; } = new([], ToolCatalog.Empty);

    public bool Has(string connector) => Connectors.Any(candidate => candidate.Name == connector);
}
