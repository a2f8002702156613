using McpRuntime.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Connectors.Registry;

/// <summary>The connectors folder as it is now, for those who look at it once.</summary>
public static class ConnectorFolder
{
    /// <summary>Reads every manifest. What is wrong with them is in the snapshot's findings.</summary>
    public static async Task<ConnectorSnapshot> LoadAsync(RuntimeSettings settings, CancellationToken cancellationToken)
    {
        using var registry = Open(settings);
        return await registry.ReloadAsync(cancellationToken);
    }

    /// <summary>Full paths of the manifests, in their order; empty without the folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. ManifestFolder.List(folder).Select(file => file.Path)];

    /// <summary>For those who look again and again: nothing is read yet, and nothing is followed.</summary>
    /// <param name="settings">The folder and its limits.</param>
    /// <param name="onlyFile">Full path of the one manifest to read; null for all.</param>
    public static ConnectorRegistry Open(RuntimeSettings settings, string? onlyFile = null)
    {
        var options = new ConnectorRegistryOptions
        {
            Folder = settings.ConnectorsFolder,
            OnlyFile = onlyFile,
            CacheFolder = settings.CacheFolder,
            LockFile = settings.LockFile,
            LockStartFile = settings.LockStartFile,
            MaxManifestBytes = settings.DocumentLimits.MaxBytes,
        };
        return new ConnectorRegistry(options, NullLogger<ConnectorRegistry>.Instance);
    }
}
