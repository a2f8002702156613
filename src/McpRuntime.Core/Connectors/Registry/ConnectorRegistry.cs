using McpRuntime.Connectors.Compiled;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Connectors.Registry;

/// <summary>
/// The connectors of a folder, read at start and followed from then on. Readers take <see cref="Current"/>, one
/// reference that is swapped whole; they never wait and never see a mixture.
/// </summary>
public sealed class ConnectorRegistry : IDisposable
{
    private static readonly IReadOnlySet<string> NothingTouched = new HashSet<string>();

    private readonly ConnectorRegistryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RegistryLog _log;
    private readonly Lock _scanning = new();
    private readonly TaskCompletionSource<ConnectorSnapshot> _firstLoad = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource _following = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CompiledManifests _compiled;
    private readonly FolderState _state;
    private readonly FollowedLock? _lock;
    private volatile ConnectorSnapshot _current = ConnectorSnapshot.Empty;
    private FolderWatch? _watch;
    private int _started;
    private volatile bool _disposed;

    /// <param name="options">The folder.</param>
    /// <param name="logger">Gets the findings.</param>
    /// <param name="time">The clock of hot reload; the system's by default.</param>
    public ConnectorRegistry(
        ConnectorRegistryOptions options,
        ILogger<ConnectorRegistry> logger,
        TimeProvider? time = null
    )
    {
        _options = options with { Folder = Path.GetFullPath(options.Folder) };
        _logger = logger;
        _log = new RegistryLog(logger);
        // What is compiled is in a folder that others than the reviewer may write.
        var isLocked = options.LockFile is not null;
        _compiled = new CompiledManifests(
            isLocked && options.LockStartFile is null ? null : options.CacheFolder,
            logger,
            onlyReviewed: isLocked
        );
        _lock = options.LockFile is { } path ? new FollowedLock(path, options.LockStartFile) : null;
        _state = new FolderState(options.MaxManifestBytes, _compiled);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>
    /// A reload brought, changed or removed a connector. Raised after <see cref="Current"/> has the new snapshot, by
    /// one thread at a time; not for the first load.
    /// </summary>
    public event EventHandler<ConnectorsChangedEventArgs>? Changed;

    /// <summary>The newest snapshot; empty until the first load.</summary>
    public ConnectorSnapshot Current => _current;

    /// <summary>The snapshot of the first load. Never fails: what is wrong with the folder is a finding.</summary>
    public Task<ConnectorSnapshot> FirstLoad => _firstLoad.Task;

    /// <summary>What is known of the files; not while the folder is followed.</summary>
    internal IReadOnlyList<FolderFile> Files => _state.Files;

    /// <summary>Completes when what was read is kept for the next process.</summary>
    internal Task Kept => _compiled.Kept;

    /// <summary>Completes when the folder is being followed.</summary>
    internal Task Following => _following.Task;

    /// <summary>
    /// Begins the first load on its own thread, and then to follow the folder if the options say so. Further
    /// calls do nothing.
    /// </summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
            new Thread(Load) { IsBackground = true, Name = "Connectors" }.Start();
    }

    /// <summary>Looks at the folder now and reads what changed, without waiting for it to settle.</summary>
    public Task<ConnectorSnapshot> ReloadAsync(CancellationToken cancellationToken) =>
        Task.Run(Reload, cancellationToken).WaitAsync(cancellationToken);

    /// <inheritdoc cref="ReloadAsync"/>
    /// <remarks>On the caller's thread, which a network drive that is away may hold for long.</remarks>
    public ConnectorSnapshot Reload()
    {
        Scan(NothingTouched, isForced: true);
        _firstLoad.TrySetResult(_current);
        return _current;
    }

    /// <summary>
    /// Ends following the folder. A read that hangs, e.g. on a network drive that is away, does not hold it up: that
    /// thread notices when it comes back.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        if (!_scanning.TryEnter())
            return;
        try
        {
            _watch?.Dispose();
        }
        finally
        {
            _scanning.Exit();
        }
    }

    private void Load()
    {
        Scan(NothingTouched, isForced: true);
        _firstLoad.TrySetResult(_current);
        if (!_options.HotReload)
            return;
        lock (_scanning)
        {
            if (_disposed)
                return;
            _watch = new FolderWatch(
                _options.Folder,
                _options.Quiet,
                _options.PollInterval,
                _time,
                touched => Scan(touched, isForced: false),
                _logger
            );
        }
        _following.TrySetResult();
    }

    /// <summary>Returns true when the folder should be looked at again soon.</summary>
    private bool Scan(IReadOnlySet<string> touched, bool isForced)
    {
        lock (_scanning)
        {
            if (EndsIfDisposed())
                return false;
            bool isChanged;
            try
            {
                isChanged = _lock?.Update() ?? false;
                if (isChanged && _lock!.StartObjection is { } objection)
                    _log.NoLockStart(_options.LockStartFile!, objection);
                isChanged |= UpdateFiles(touched, isForced);
                _log.FolderWorks();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What is served stays served: a network drive comes back.
                _log.FolderFailed(_options.Folder, e);
                return false;
            }
            if (EndsIfDisposed())
                return false;
            // Before anyone can be answered, since a process that has answered may end.
            _compiled.Keep();
            if (isChanged || !_firstLoad.Task.IsCompleted)
                Publish();
            return _state.IsUnsettled;
        }
    }

    // Without a lock that can be read nothing was reviewed.
    private bool UpdateFiles(IReadOnlySet<string> touched, bool isForced) =>
        (_lock is null || _lock.Current is not null) && _state.Update(Listed(), touched, isForced, _lock?.Current);

    private IReadOnlyList<SeenFile> Listed() =>
        _options.OnlyFile is { } file ? ManifestFolder.One(file) : ManifestFolder.List(_options.Folder);

    private bool EndsIfDisposed()
    {
        if (_disposed)
            _watch?.Dispose();
        return _disposed;
    }

    private void Publish()
    {
        var before = _current;
        var now = SnapshotBuilder.Build(_state.Files, before, _lock?.Findings ?? []);
        var isSame = SnapshotBuilder.HasSameConnectors(before, now);
        _current = now;
        if (!isSame || !_firstLoad.Task.IsCompleted)
            _log.Loaded(_options.Folder, now);
        _log.Findings(now);
        if (!isSame && _firstLoad.Task.IsCompleted)
            Changed?.Invoke(this, new ConnectorsChangedEventArgs(before, now));
    }
}
