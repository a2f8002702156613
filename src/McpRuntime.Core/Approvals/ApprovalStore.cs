using McpRuntime.Files;
using McpRuntime.Network;

namespace McpRuntime.Approvals;

/// <summary>
/// The file <c>approvals.json</c> in the user's data folder. Readers see a whole file or the one before it; writers of
/// several processes take turns.
/// </summary>
public sealed class ApprovalStore
{
    public const string FileName = "approvals.json";

    // What another process approves or forgets counts this soon; every call looks, and many come at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(0.25);

    private static readonly IReadOnlyDictionary<string, ConnectorApprovals> Nothing = System
        .Collections
        .ObjectModel
        .ReadOnlyDictionary<string, ConnectorApprovals>
        .Empty;

    // What this process approves through another store counts at once.
    private static int _changes;

    private readonly string _folder;
    private readonly string _path;
    private readonly TimeProvider _time;
    private Snapshot? _snapshot;
    private long _lookedAt;
    private int _seenChanges;

    /// <param name="dataFolder"><see cref="Configuration.RuntimeSettings.DataFolder"/>; made when something is
    /// approved.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public ApprovalStore(string dataFolder, TimeProvider? time = null)
    {
        _folder = dataFolder;
        _path = Path.Combine(dataFolder, FileName);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>
    /// The record of a connector; empty when there is none. The file is looked at every quarter of a second at most,
    /// and read again only when it changed.
    /// </summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public ConnectorApprovals For(string connector)
    {
        var isFresh =
            _seenChanges == Volatile.Read(ref _changes) && _time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Fresh;
        var all = isFresh && _snapshot is { } known ? known.All : Read();
        return all.GetValueOrDefault(connector, ConnectorApprovals.None);
    }

    /// <summary>The record as the file has it now: before something is refused.</summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public ConnectorApprovals Now(string connector) => Read().GetValueOrDefault(connector, ConnectorApprovals.None);

    /// <summary>
    /// Adds origins and private hosts to the record of a connector; those already there keep their time.
    /// </summary>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public Task ApproveAsync(
        string connector,
        IEnumerable<Origin> origins,
        IEnumerable<string> privateHosts,
        CancellationToken cancellationToken
    )
    {
        var now = _time.GetUtcNow();
        return ChangeAsync(
            all =>
            {
                var before = all.GetValueOrDefault(connector, ConnectorApprovals.None);
                all[connector] = new ConnectorApprovals
                {
                    Origins =
                    [
                        .. before
                            .Origins.Concat(origins.Select(origin => new ApprovedOrigin(origin, now)))
                            .DistinctBy(entry => entry.Origin),
                    ],
                    PrivateHosts =
                    [
                        .. before
                            .PrivateHosts.Concat(privateHosts.Select(host => new ApprovedHost(Plain(host), now)))
                            .DistinctBy(entry => entry.Host),
                    ],
                };
            },
            cancellationToken
        );
    }

    /// <summary>Drops the record of a connector.</summary>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public Task ForgetAsync(string connector, CancellationToken cancellationToken) =>
        ChangeAsync(all => all.Remove(connector), cancellationToken);

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private async Task ChangeAsync(
        Action<Dictionary<string, ConnectorApprovals>> change,
        CancellationToken cancellationToken
    )
    {
        try
        {
            PrivateFile.CreateFolder(_folder);
            await using var turn = await PrivateFile.LockAsync(
                Path.Combine(_folder, "approvals.lock"),
                cancellationToken
            );
            // Another process may have written since this one last read.
            _snapshot = null;
            var all = new Dictionary<string, ConnectorApprovals>(Read(), StringComparer.Ordinal);
            change(all);
            await PrivateFile.WriteAsync(_path, ApprovalJson.Write(all), cancellationToken);
            _snapshot = null;
            Interlocked.Increment(ref _changes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException(
                $"The approvals file '{_path}' cannot be written: {error.Message} Check the folder's "
                    + $"permissions, or set MCP_RUNTIME_DATA_DIR to a folder that you can write to.",
                error
            );
        }
    }

    private IReadOnlyDictionary<string, ConnectorApprovals> Read()
    {
        try
        {
            var (looked, changes) = (_time.GetTimestamp(), Volatile.Read(ref _changes));
            var file = new FileInfo(_path);
            var (written, length) = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, -1);
            if (_snapshot is not { } known || known.Written != written || known.Length != length)
            {
                known = new Snapshot(
                    length < 0 ? Nothing : ApprovalJson.Read(File.ReadAllBytes(_path), _path),
                    written,
                    length
                );
                _snapshot = known;
            }
            _seenChanges = changes;
            Volatile.Write(ref _lookedAt, looked);
            return known.All;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The approvals file '{_path}' cannot be read: {error.Message}", error);
        }
    }

    private sealed record Snapshot(IReadOnlyDictionary<string, ConnectorApprovals> All, DateTime Written, long Length);
}
