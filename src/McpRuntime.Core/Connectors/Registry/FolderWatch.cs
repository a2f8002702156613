using Microsoft.Extensions.Logging;

namespace McpRuntime.Connectors.Registry;

/// <summary>
/// Says when to look at a folder: after the file system told of a change and was quiet again, when asked to look
/// once more, and at intervals, because notifications get lost (network drives, container mounts, overflows) and end
/// when the folder is removed.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly string _folder;
    private readonly TimeSpan _quiet;
    private readonly Func<IReadOnlySet<string>, bool> _look;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly ITimer _soon;
    private readonly ITimer _poll;
    private HashSet<string> _touched = new(StringComparer.Ordinal);
    private FileSystemWatcher? _watcher;
    private bool _disposed;

    /// <param name="folder">May appear later and go away again.</param>
    /// <param name="quiet">From the last notification to the look.</param>
    /// <param name="pollInterval">Between the looks without a notification.</param>
    /// <param name="time">The clock.</param>
    /// <param name="look">Gets the paths that notifications named; returns true to be called again soon.</param>
    /// <param name="logger">For what the file system refuses.</param>
    public FolderWatch(
        string folder,
        TimeSpan quiet,
        TimeSpan pollInterval,
        TimeProvider time,
        Func<IReadOnlySet<string>, bool> look,
        ILogger logger
    )
    {
        _folder = folder;
        _quiet = quiet;
        _look = look;
        _logger = logger;
        _soon = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Watching starts before the first look, so that nothing falls between the two.
        if (Directory.Exists(folder))
            StartWatching();
        _poll = time.CreateTimer(_ => Poll(), null, TimeSpan.Zero, pollInterval);
    }

    private void LookSoon()
    {
        lock (_lock)
        {
            if (!_disposed)
                _soon.Change(_quiet, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _soon.Dispose();
            _poll.Dispose();
            StopWatching();
        }
    }

    private void Poll()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            if (!Directory.Exists(_folder))
                StopWatching();
            else if (_watcher is null)
                StartWatching();
        }
        Look();
    }

    private void Look()
    {
        HashSet<string> touched;
        lock (_lock)
        {
            if (_disposed)
                return;
            touched = _touched;
            _touched = new HashSet<string>(StringComparer.Ordinal);
        }
        if (_look(touched))
            LookSoon();
    }

    private void StartWatching()
    {
        try
        {
            var watcher = new FileSystemWatcher(_folder)
            {
                IncludeSubdirectories = true,
                NotifyFilter =
                    NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                InternalBufferSize = 64 * 1024,
            };
            watcher.Changed += (_, change) => Touch(change.FullPath);
            watcher.Created += (_, change) => Touch(change.FullPath);
            watcher.Deleted += (_, change) => Touch(change.FullPath);
            watcher.Renamed += (_, change) => Touch(change.FullPath);
            watcher.Error += (_, error) => Fail(error.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Inotify limits, for one. Polling goes on alone and this is tried again at the next interval.
            _logger.LogDebug(e, "The file system does not notify of changes in {Folder}; polling does.", _folder);
        }
    }

    private void StopWatching()
    {
        _watcher?.Dispose();
        _watcher = null;
    }

    private void Touch(string path)
    {
        lock (_lock)
            _touched.Add(path);
        LookSoon();
    }

    private void Fail(Exception error)
    {
        _logger.LogDebug(error, "Notifications of changes in {Folder} were lost.", _folder);
        lock (_lock)
            StopWatching();
        LookSoon();
    }
}
