using McpRuntime.Network;

namespace McpRuntime.Connectors;

/// <summary>
/// The file <c>approvals.json</c> in the user's data folder. Readers see a whole file or the one before it; writers of
/// several processes take turns.
/// </summary>
public sealed class ApprovalStore
{
    public const string FileName = "approvals.json";

    private readonly string _folder;
    private readonly string _path;
    private readonly TimeProvider _time;
    private Snapshot? _snapshot;

    /// <param name="dataFolder"><see cref="Configuration.RuntimeSettings.DataFolder"/>; made when something is approved.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public ApprovalStore(string dataFolder, TimeProvider? time = null)
    {
        _folder = dataFolder;
        _path = Path.Combine(dataFolder, FileName);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The record of a connector; empty when there is none. The file is read again only when it changed.</summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public ConnectorApprovals For(string connector) => Read().GetValueOrDefault(connector, ConnectorApprovals.None);

    /// <summary>Adds origins and private hosts to the record of a connector; those already there keep their time.</summary>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public Task ApproveAsync(
        string connector, IEnumerable<Origin> origins, IEnumerable<string> privateHosts, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return ChangeAsync(
            all =>
            {
                var before = all.GetValueOrDefault(connector, ConnectorApprovals.None);
                all[connector] = new ConnectorApprovals
                {
                    Origins = [.. before.Origins.Concat(origins.Select(origin => new ApprovedOrigin(origin, now))).DistinctBy(entry => entry.Origin)],
                    PrivateHosts = [.. before.PrivateHosts.Concat(privateHosts.Select(host => new ApprovedHost(Plain(host), now))).DistinctBy(entry => entry.Host)],
                };
            },
            cancellationToken);
    }

    /// <summary>Drops the record of a connector.</summary>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public Task ForgetAsync(string connector, CancellationToken cancellationToken) =>
        ChangeAsync(all => all.Remove(connector), cancellationToken);

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private async Task ChangeAsync(Action<SortedDictionary<string, ConnectorApprovals>> change, CancellationToken cancellationToken)
    {
        try
        {
            PrivateFile.CreateFolder(_folder);
            await using var turn = await PrivateFile.LockAsync(Path.Combine(_folder, "approvals.lock"), cancellationToken);
            // Another process may have written since this one last read.
            _snapshot = null;
            var all = new SortedDictionary<string, ConnectorApprovals>(Read().ToDictionary(), StringComparer.Ordinal);
            change(all);
            await PrivateFile.WriteAsync(_path, ApprovalJson.Write(all), cancellationToken);
            _snapshot = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The approvals file '{_path}' cannot be written: {error.Message} Check the folder's permissions, or set MCP_RUNTIME_DATA_DIR to a folder of yours.", error);
        }
    }

    private IReadOnlyDictionary<string, ConnectorApprovals> Read()
    {
        try
        {
            var file = new FileInfo(_path);
            if (!file.Exists)
                return System.Collections.ObjectModel.ReadOnlyDictionary<string, ConnectorApprovals>.Empty;
            var (written, length) = (file.LastWriteTimeUtc, file.Length);
            if (_snapshot is { } known && known.Written == written && known.Length == length)
                return known.All;
            var all = ApprovalJson.Read(File.ReadAllBytes(_path), _path);
            _snapshot = new Snapshot(all, written, length);
            return all;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The approvals file '{_path}' cannot be read: {error.Message}", error);
        }
    }

    private sealed record Snapshot(IReadOnlyDictionary<string, ConnectorApprovals> All, DateTime Written, long Length);
}
