using McpRuntime.Configuration;
using McpRuntime.Connectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>The connectors of a folder, read once.</summary>
internal static class ConnectorFolder
{
    public static async Task<ConnectorSnapshot> LoadAsync(RuntimeSettings settings, CancellationToken cancellationToken)
    {
        var options = new ConnectorRegistryOptions
        {
            Folder = settings.ConnectorsFolder,
            MaxManifestBytes = settings.DocumentLimits.MaxBytes,
        };
        using var registry = new ConnectorRegistry(options, NullLogger<ConnectorRegistry>.Instance);
        return await registry.ReloadAsync(cancellationToken);
    }
}
