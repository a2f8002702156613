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
    /// <param name="file">The file's name; that of the module's vaults by default.</param>
    public SecretRecordStore(string dataFolder, TimeProvider? time = null, string file = FileName)
    {
        _folder = dataFolder;
        _path = Path.Combine(dataFolder, file);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The record of a scheme; null when there is none. The file is read again only when it changed.</summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public SecretRecord? Find(CredentialKey key)
    {
        if (key.Holder is not null)
            return null;
        foreach (var entry in All())
        {
            if (entry.Key == key)
                return entry.Record;
        }
        return null;
    }

    /// <summary>As <see cref="Find"/>, from the file as it is now.</summary>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    public SecretRecord? FindNow(CredentialKey key)
    {
        // Times of files can be equal for two writes in quick succession.
        _snapshot = new Snapshot([], default, -1);
        return Find(key);
    }

    /// <summary>
    /// Whether a credential that has its record as <see cref="Credential.Mark"/> is still the recorded one.
    /// </summary>
    /// <param name="key">Which one.</param>
    /// <param name="known">The credential; null where there was none.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="McpRuntimeException">The file is there but cannot be read.</exception>
    internal bool IsCurrent(CredentialKey key, Credential? known, DateTimeOffset now)
    {
        var record = Find(key);
        // A renewal changes the record of a sign-in; a new sign-in has a stamp of its own.
        if (record is { IsSignIn: true } && known?.Mark is SecretRecord { IsSignIn: true } before)
            return record.Stamp == before.Stamp;
        return ReferenceEquals(record, known?.Mark) && !(record?.ExpiresAt <= now);
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
    /// <param name="key">What it is for.</param>
    /// <param name="record">Makes the record; gets the time of now.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public Task<SecretRecord> SetAsync(
        CredentialKey key,
        Func<DateTimeOffset, SecretRecord> record,
        CancellationToken cancellationToken
    )
    {
        var now = record(_time.GetUtcNow());
        return ChangeAsync(
            entries => [.. entries.Where(entry => entry.Key != key), new(key, now)],
            now,
            cancellationToken
        );
    }

    /// <summary>Drops a record; false when there was none.</summary>
    /// <exception cref="McpRuntimeException">The file cannot be read or written.</exception>
    public async Task<bool> ForgetAsync(CredentialKey key, CancellationToken cancellationToken) =>
        Find(key) is not null
        && await ChangeAsync(entries => [.. entries.Where(entry => entry.Key != key)], true, cancellationToken);

    private static int Compare(CredentialKey left, CredentialKey right)
    {
        var order = string.CompareOrdinal(left.Connector, right.Connector);
        if (order == 0)
            order = string.CompareOrdinal(left.Scheme, right.Scheme);
        return order == 0 ? string.CompareOrdinal(left.Profile, right.Profile) : order;
    }

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
            entries.Sort(static (left, right) => Compare(left.Key, right.Key));
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
