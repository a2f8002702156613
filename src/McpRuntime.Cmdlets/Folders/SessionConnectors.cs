using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>
/// The connectors folders that a PowerShell session has read. Each command looks at its folder, and reads again what
/// has changed.
/// </summary>
internal sealed class SessionConnectors
{
    // A script may make folders without end.
    private const int MostFolders = 16;

    private static readonly ConditionalWeakTable<Runspace, SessionConnectors> Sessions = [];

    private readonly Lock _changing = new();
    private readonly Dictionary<string, ConnectorRegistry> _folders = new(StringComparer.Ordinal);

    /// <summary>Those of the session that runs on this thread.</summary>
    public static SessionConnectors Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The folder as it is now. What is wrong with its manifests is in the snapshot's findings.</summary>
    /// <param name="settings">The folder and its limits.</param>
    /// <param name="onlyFile">Full path of the one manifest to read; null for all.</param>
    public ConnectorSnapshot Load(RuntimeSettings settings, string? onlyFile = null) =>
        Find(settings, onlyFile).Reload();

    /// <summary>
    /// As <see cref="Load(RuntimeSettings, string?)"/>, for someone who types and does not wait for a slow disk.
    /// </summary>
    public ConnectorSnapshot LoadWithin(RuntimeSettings settings, CancellationToken cancellationToken) =>
        Task.Run(() => Load(settings), cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();

    /// <summary>
    /// The folder as it is now, where it was read before: to see whether a file has changed takes less than to change
    /// the thread. Null for one that is still to be read.
    /// </summary>
    public ConnectorSnapshot? Look(RuntimeSettings settings, string? onlyFile = null) =>
        Find(settings, onlyFile) is { FirstLoad.IsCompleted: true } known ? known.Reload() : null;

    private ConnectorRegistry Find(RuntimeSettings settings, string? onlyFile)
    {
        lock (_changing)
        {
            var key = $"{settings.DocumentLimits.MaxBytes} {onlyFile ?? settings.ConnectorsFolder}";
            if (!_folders.TryGetValue(key, out var registry))
            {
                if (_folders.Count == MostFolders)
                    _folders.Clear();
                _folders.Add(key, registry = ConnectorFolder.Open(settings, onlyFile));
            }
            return registry;
        }
    }
}
