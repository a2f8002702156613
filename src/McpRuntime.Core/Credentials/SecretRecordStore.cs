using McpRuntime.Files;

namespace McpRuntime.Credentials;

/// <summary>
/// The file <c>credentials.json</c> in the user's data folder. Each change of a credential rewrites it, also where only
/// the secret in the vault is new, so that its time tells running servers to ask the vault again.
/// </summary>
public sealed class SecretRecordStore
{
    public const string FileName = "credentials.json";

    private readonly string _folder;
    private readonly string _path;
    private readonly TimeProvider _time;
    private Snapshot _snapshot = new([], default, 0);

    /// <param name="dataFolder"><see cref="Configuration.RuntimeSettings.DataFolder"/>; made when something is
    /// recorded.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public SecretRecordStore(string dataFolder, TimeProvider? time = null)
    {
        _folder = dataFolder;
        _path = Path.Combine(dataFolder, FileName);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The record of a scheme; null when there is none. The file is read again only when it changed.</summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public SecretRecord? Find(string connector, string scheme)
    {
        foreach (var entry in All())
        {
            if (entry.Connector == connector && entry.Scheme == scheme)
                return entry.Record;
        }
        return null;
    }

    /// <summary>All records, by connector and scheme. The same list as before where nothing was set since.</summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public IReadOnlyList<SecretRecordEntry> All()
    {
        try
        {
            var file = new FileInfo(_path);
            if (!file.Exists)
                return _snapshot.Entries.Count == 0
                    ? _snapshot.Entries
                    : (_snapshot = new Snapshot([], default, 0)).Entries;
            var (written, length) = (file.LastWriteTimeUtc, file.Length);
            if (_snapshot.Written != written || _snapshot.Length != length)
                _snapshot = new Snapshot(SecretRecordJson.Read(File.ReadAllBytes(_path), _path), written, length);
            return _snapshot.Entries;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException(
                $"The file '{_path}', which says where credentials are kept, cannot be read: {error.Message}",
                error
            );
        }
    }

    /// <summary>Records where a credential is kept, in the place of an earlier record.</summary>
    /// <param name="connector">Connector name.</param>
    /// <param name="scheme">Scheme name.</param>
    /// <param name="record">Makes the record; gets the time of now.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public Task<SecretRecord> SetAsync(
        string connector,
        string scheme,
        Func<DateTimeOffset, SecretRecord> record,
        CancellationToken cancellationToken
    )
    {
        var now = record(_time.GetUtcNow());
        return ChangeAsync(
            entries => [.. entries.Where(entry => !Is(entry, connector, scheme)), new(connector, scheme, now)],
            now,
            cancellationToken
        );
    }

    /// <summary>Drops a record; false when there was none.</summary>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public async Task<bool> ForgetAsync(string connector, string scheme, CancellationToken cancellationToken) =>
        Find(connector, scheme) is not null
        && await ChangeAsync(
            entries => [.. entries.Where(entry => !Is(entry, connector, scheme))],
            true,
            cancellationToken
        );

    private static bool Is(SecretRecordEntry entry, string connector, string scheme) =>
        entry.Connector == connector && entry.Scheme == scheme;

    private async Task<T> ChangeAsync<T>(
        Func<IReadOnlyList<SecretRecordEntry>, List<SecretRecordEntry>> change,
        T result,
        CancellationToken cancellationToken
    )
    {
        try
        {
            PrivateFile.CreateFolder(_folder);
            await using var turn = await PrivateFile.LockAsync(
                Path.Combine(_folder, "credentials.lock"),
                cancellationToken
            );
            // Another process may have written since this one last read.
            _snapshot = new Snapshot([], default, -1);
            var entries = change(All());
            entries.Sort(
                static (left, right) =>
                    string.CompareOrdinal(left.Connector, right.Connector) is not 0 and var order
                        ? order
                        : string.CompareOrdinal(left.Scheme, right.Scheme)
            );
            await PrivateFile.WriteAsync(_path, SecretRecordJson.Write(entries), cancellationToken);
            _snapshot = new Snapshot([], default, -1);
            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException(
                $"The file '{_path}', which says where credentials are kept, cannot be written: "
                    + $"{error.Message} Check the folder's permissions, or set MCP_RUNTIME_DATA_DIR to a folder "
                    + $"that you can write to.",
                error
            );
        }
    }

    private sealed record Snapshot(IReadOnlyList<SecretRecordEntry> Entries, DateTime Written, long Length);
}
