namespace McpRuntime.Connectors;

/// <summary>
/// What is known of a folder's files. A change counts once the file has looked the same twice, a quiet while apart:
/// a file that is being written, or replaced by deleting and writing it anew, is left alone until that is over.
/// Used by one thread at a time.
/// </summary>
internal sealed class FolderState(long maxManifestBytes)
{
    private readonly SortedDictionary<string, FolderFile> _files = new(StringComparer.Ordinal);

    // As they were seen last; the default stamp for a file that is gone.
    private Dictionary<string, FileStamp> _unsettled = new(StringComparer.Ordinal);

    /// <summary>In the order of their paths.</summary>
    public IReadOnlyCollection<FolderFile> Files => _files.Values;

    /// <summary>Some files have changed and not settled; the folder should be looked at again after a quiet while.</summary>
    public bool IsUnsettled => _unsettled.Count > 0;

    /// <summary>Reads what changed.</summary>
    /// <param name="listed">The folder as it is now.</param>
    /// <param name="touched">Paths that the file system named; their stamps may be as before.</param>
    /// <param name="isForced">Everything that differs is read at once, settled or not.</param>
    public void Update(IReadOnlyList<(string Path, FileStamp Stamp)> listed, IReadOnlySet<string> touched, bool isForced)
    {
        var unsettled = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
        var toRead = new List<(string Path, FileStamp Stamp)>();
        foreach (var file in listed)
        {
            if (!NeedsReading(file.Path, file.Stamp, touched))
                continue;
            if (isForced || HasSettled(file.Path, file.Stamp, touched))
                toRead.Add(file);
            else
                unsettled.Add(file.Path, file.Stamp);
        }
        DropMissing(listed, unsettled, isForced);

        var read = new FolderFile[toRead.Count];
        ParallelReads.Run(read.Length, i =>
        {
            var (path, stamp) = toRead[i];
            read[i] = FolderFile.Read(path, stamp, _files.GetValueOrDefault(path), allowTrial: !isForced, maxManifestBytes);
        });
        foreach (var file in read)
        {
            _files[file.Path] = file;
            if (file.IsOnTrial)
                unsettled[file.Path] = file.Stamp;
        }
        _unsettled = unsettled;
    }

    private bool NeedsReading(string path, FileStamp stamp, IReadOnlySet<string> touched) =>
        !_files.TryGetValue(path, out var known) || known.Stamp != stamp || touched.Contains(path) || _unsettled.ContainsKey(path);

    private bool HasSettled(string path, FileStamp stamp, IReadOnlySet<string> touched) =>
        _unsettled.TryGetValue(path, out var seen) && seen == stamp && !touched.Contains(path);

    private void DropMissing(IReadOnlyList<(string Path, FileStamp Stamp)> listed, Dictionary<string, FileStamp> unsettled, bool isForced)
    {
        var missing = new HashSet<string>(_files.Keys, StringComparer.Ordinal);
        foreach (var (path, _) in listed)
            missing.Remove(path);
        foreach (var path in missing)
        {
            if (isForced || (_unsettled.TryGetValue(path, out var seen) && seen == default))
                _files.Remove(path);
            else
                unsettled.Add(path, default);
        }
    }
}
