using McpRuntime.Configuration;
using McpRuntime.Connectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Stdio.Commands;

/// <summary>The connectors folder as it is now, for commands that look at it once.</summary>
internal static class ConnectorFolder
{
    public static async Task<ConnectorSnapshot> LoadAsync(RuntimeSettings settings, CancellationToken cancellationToken)
    {
        var options = new ConnectorRegistryOptions
        {
            Folder = settings.ConnectorsFolder,
            MaxManifestBytes = settings.DocumentLimits.MaxBytes,
        };
        // The findings are printed from the snapshot.
        using var registry = new ConnectorRegistry(options, NullLogger<ConnectorRegistry>.Instance);
        return await registry.ReloadAsync(cancellationToken);
    }
}
