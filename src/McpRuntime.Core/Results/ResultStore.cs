using McpRuntime.Configuration;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Results;

/// <summary>
/// Answers that were too long for their callers, each readable for a while by the caller that it was made for. In
/// memory first, then in files that only this account can read. One of a process; safe to use from several threads.
/// </summary>
public sealed class ResultStore : IDisposable
{
    private const int HandleLength = 32;

    private readonly ResultLimits _limits;
    private readonly TimeProvider _time;
    private readonly Lock _changing = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);
    private readonly LinkedList<Kept> _byAge = new();
    private readonly ITimer _timer;
    private readonly Lazy<ResultFiles?> _files;
    private readonly IResultArchive? _archive;
    private long _bytes;
    private long _bytesInMemory;
    private volatile bool _isDisposed;

    /// <summary>What a killed process has left is removed in the background.</summary>
    /// <param name="settings">Where files may be.</param>
    /// <param name="logger">Never given a result.</param>
    /// <param name="time">The clock.</param>
    /// <param name="archive">Of a gateway that has several processes; null for this one alone.</param>
    public ResultStore(RuntimeSettings settings, ILogger logger, TimeProvider time, IResultArchive? archive = null)
        : this(
            settings.CacheFolder is { } folder ? Path.Combine(folder, "results") : null,
            logger,
            time,
            new(),
            archive
        ) { }

    internal ResultStore(
        string? folder,
        ILogger logger,
        TimeProvider time,
        ResultLimits limits,
        IResultArchive? archive = null
    )
    {
        _archive = archive;
        _time = time;
        // Without a folder the oldest make room in memory.
        _limits = folder is null ? limits with { Bytes = Math.Min(limits.Bytes, limits.BytesInMemory) } : limits;
        _files = new Lazy<ResultFiles?>(() => folder is null ? null : ResultFiles.Create(folder, logger));
        _timer = time.CreateTimer(_ => RemoveExpired(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Cleaned = folder is null ? Task.CompletedTask : Task.Run(() => ResultFiles.RemoveLeftovers(folder));
    }

    /// <summary>Completes when leftovers of killed processes are gone.</summary>
    internal Task Cleaned { get; }

    internal int Count
    {
        get
        {
            lock (_changing)
                return _kept.Count;
        }
    }

    internal long Bytes
    {
        get
        {
            lock (_changing)
                return _bytes;
        }
    }

    internal long BytesInMemory
    {
        get
        {
            lock (_changing)
                return _bytesInMemory;
        }
    }

    /// <summary>Stores a result; the oldest make room for it.</summary>
    /// <returns>Null where it is longer than what one caller may have, or does not fit anywhere.</returns>
    internal StoredResult? Add(
        ResultOwner owner,
        string connector,
        string tool,
        string mediaType,
        ReadOnlySpan<byte> body
    )
    {
        if (body.Length > Math.Min(_limits.BytesOfCaller, _limits.Bytes))
            return null;
        var result = new StoredResult(
            // 128 bits of the system's generator: no one finds one by trying.
            Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)),
            owner,
            connector,
            tool,
            mediaType,
            body.Length,
            _time.GetUtcNow() + _limits.Lifetime
        );
        if (!TryKeep(result, body))
            return null;
        if (_archive?.Takes(body.Length) == true)
            _archive.Keep(
                new ArchivedResult(
                    result.Handle,
                    owner.Caller,
                    owner.Project,
                    connector,
                    tool,
                    mediaType,
                    result.Expires,
                    body.ToArray()
                )
            );
        return result;
    }

    /// <summary>
    /// Makes sure that <see cref="Find"/> knows a result that another process made, where there is one.
    /// </summary>
    internal async ValueTask FetchAsync(string handle, ResultOwner owner, CancellationToken cancellationToken)
    {
        if (_archive is null || handle.Length != HandleLength || Find(handle, owner) is not null)
            return;
        if (
            await _archive.FindAsync(handle, cancellationToken) is not { } found
            || new ResultOwner(found.Caller, found.Project) != owner
            || found.Body.Length > Math.Min(_limits.BytesOfCaller, _limits.Bytes)
        )
            return;
        TryKeep(
            new StoredResult(
                handle,
                owner,
                found.Connector,
                found.Tool,
                found.MediaType,
                found.Body.Length,
                found.Expires
            ),
            found.Body.Span
        );
    }

    private bool TryKeep(StoredResult result, ReadOnlySpan<byte> body)
    {
        if (TryPut(result, body, path: null))
            return true;
        // Written without the lock: nobody waits for the disk of another call.
        if (_isDisposed || _files.Value?.Write(body) is not { } path)
            return false;
        if (TryPut(result, default, path))
            return true;
        ResultFiles.TryDelete(path);
        return false;
    }

    /// <summary>False where the memory for results is full and there is no file, or the store is closed.</summary>
    private bool TryPut(StoredResult result, ReadOnlySpan<byte> body, string? path)
    {
        lock (_changing)
        {
            if (_isDisposed)
                return false;
            // Two requests may have fetched it at once.
            if (_kept.ContainsKey(result.Handle))
                return path is null;
            RemoveOld();
            MakeRoom(result.Owner.Caller, result.Length);
            if (path is null && _bytesInMemory + result.Length > _limits.BytesInMemory)
                return false;
            Put(new Kept(result) { Body = path is null ? body.ToArray() : null, Path = path });
            return true;
        }
    }

    /// <summary>The result of a handle; null where there is none, or it is another caller's.</summary>
    internal StoredResult? Find(string handle, ResultOwner owner)
    {
        lock (_changing)
            return Get(handle, owner)?.Result;
    }

    /// <summary>The bytes of a result; null where <see cref="Find"/> gives none, or they are gone.</summary>
    internal ReadOnlyMemory<byte>? Read(string handle, ResultOwner owner)
    {
        Kept? kept;
        lock (_changing)
            kept = Get(handle, owner);
        // A file that is removed meanwhile is not there: the result has expired.
        return kept is null ? null
            : (kept.Body ?? ResultFiles.Read(kept.Path!, kept.Result.Length)) is { } body ? body
            : (ReadOnlyMemory<byte>?)null;
    }

    public void Dispose()
    {
        // Leftovers are gone when the first server after a killed one has ended, however short it was.
        Cleaned.Wait();
        lock (_changing)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _timer.Dispose();
            while (_byAge.First is { } first)
                Remove(first.Value);
            if (_files.IsValueCreated)
                _files.Value?.Dispose();
        }
    }

    private Kept? Get(string handle, ResultOwner owner) =>
        _kept.TryGetValue(handle, out var kept) && kept.Result.Owner == owner && kept.Result.Expires > _time.GetUtcNow()
            ? kept
            : null;

    // A caller's own go first, then those of the caller that has the most: nobody can push out what others have.
    private void MakeRoom(string caller, int length)
    {
        if (_shelves.TryGetValue(caller, out var own))
        {
            while (
                own.Kept.First is { } first
                && (own.Kept.Count >= _limits.MostOfCaller || own.Bytes + length > _limits.BytesOfCaller)
            )
                Remove(first.Value);
        }
        while (_kept.Count > 0 && (_kept.Count >= _limits.Most || _bytes + length > _limits.Bytes))
            Remove(_shelves.Values.MaxBy(shelf => shelf.Bytes)!.Kept.First!.Value);
    }

    private void Put(Kept kept)
    {
        if (!_shelves.TryGetValue(kept.Result.Owner.Caller, out var shelf))
            _shelves[kept.Result.Owner.Caller] = shelf = new Shelf();
        _kept[kept.Result.Handle] = kept;
        kept.OfCaller = shelf.Kept.AddLast(kept);
        kept.OfAll = _byAge.AddLast(kept);
        shelf.Bytes += kept.Result.Length;
        _bytes += kept.Result.Length;
        if (kept.Body is not null)
            _bytesInMemory += kept.Result.Length;
        if (_kept.Count == 1)
            Schedule();
    }

    private void Remove(Kept kept)
    {
        var caller = kept.Result.Owner.Caller;
        var shelf = _shelves[caller];
        _kept.Remove(kept.Result.Handle);
        shelf.Kept.Remove(kept.OfCaller!);
        _byAge.Remove(kept.OfAll!);
        shelf.Bytes -= kept.Result.Length;
        _bytes -= kept.Result.Length;
        if (shelf.Kept.Count == 0)
            _shelves.Remove(caller);
        if (kept.Body is not null)
            _bytesInMemory -= kept.Result.Length;
        else
            ResultFiles.TryDelete(kept.Path!);
    }

    private void RemoveExpired()
    {
        lock (_changing)
        {
            if (_isDisposed)
                return;
            RemoveOld();
            Schedule();
        }
    }

    private void RemoveOld()
    {
        var now = _time.GetUtcNow();
        while (_byAge.First is { } first && first.Value.Result.Expires <= now)
            Remove(first.Value);
    }

    private void Schedule()
    {
        if (_byAge.First is not { } first)
            return;
        var wait = first.Value.Result.Expires - _time.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Kept(StoredResult result)
    {
        public StoredResult Result => result;

        /// <summary>Null where it is in a file.</summary>
        public byte[]? Body { get; set; }

        public string? Path { get; set; }

        public LinkedListNode<Kept>? OfCaller { get; set; }

        public LinkedListNode<Kept>? OfAll { get; set; }
    }

    private sealed class Shelf
    {
        public LinkedList<Kept> Kept { get; } = new();

        public long Bytes { get; set; }
    }
}
