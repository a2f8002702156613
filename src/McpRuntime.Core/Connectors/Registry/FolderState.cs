using McpRuntime.Connectors.Compiled;
using McpRuntime.Locks;

namespace McpRuntime.Connectors.Registry;

/// <summary>
/// What is known of a folder's files. A change counts once the file has looked the same twice, a quiet while apart:
/// a file that is being written, or replaced by deleting and writing it anew, is not called until that is over.
/// Used by one thread at a time.
/// </summary>
internal sealed class FolderState(long maxManifestBytes, CompiledManifests compiled)
{
    // What is kept of a manifest is read in a millisecond up to here.
    private const int LargeBytes = 1024 * 1024;

    private readonly Dictionary<string, FolderFile> _files = new(StringComparer.Ordinal);
    private Dictionary<string, SeenFile> _unsettled = new(StringComparer.Ordinal);

    /// <summary>In the order of their paths.</summary>
    public IReadOnlyList<FolderFile> Files
    {
        get
        {
            var files = new FolderFile[_files.Count];
            _files.Values.CopyTo(files, 0);
            Array.Sort(files, static (left, right) => string.CompareOrdinal(left.Path, right.Path));
            return files;
        }
    }

    /// <summary>
    /// Some files have changed and not settled; the folder should be looked at again after a quiet while.
    /// </summary>
    public bool IsUnsettled => _unsettled.Count > 0;

    /// <summary>Reads what changed; true when anything is known now that was not before.</summary>
    /// <param name="listed">The folder as it is now.</param>
    /// <param name="touched">Paths that the file system named; the files may look as before.</param>
    /// <param name="isForced">Everything that differs is read at once, settled or not.</param>
    /// <param name="reviewed">Which tools are served; with another one than before, every file is read at once.</param>
    public bool Update(
        IReadOnlyList<SeenFile> listed,
        IReadOnlySet<string> touched,
        bool isForced,
        ToolLock? reviewed = null
    )
    {
        var unsettled = new Dictionary<string, SeenFile>(StringComparer.Ordinal);
        var toRead = new List<SeenFile>();
        for (var i = 0; i < listed.Count; i++)
        {
            var file = listed[i];
            var isOfOtherLock = _files.TryGetValue(file.Path, out var known) && !ReferenceEquals(known.Lock, reviewed);
            if (!isOfOtherLock && !NeedsReading(file, touched))
                continue;
            if (isForced || isOfOtherLock || HasSettled(file, touched))
                toRead.Add(file);
            else
                unsettled.Add(file.Path, file);
        }
        var isChanged = DropMissing(listed, unsettled, isForced) || toRead.Count > 0;

        var read = new FolderFile[toRead.Count];
        var isLarge = false;
        foreach (var file in toRead)
            isLarge |= file.Length > LargeBytes;
        ParallelReads.Run(
            read.Length,
            i =>
                read[i] = FolderFile.Read(
                    toRead[i],
                    _files.GetValueOrDefault(toRead[i].Path),
                    allowTrial: !isForced,
                    maxManifestBytes,
                    compiled,
                    reviewed
                ),
            takeLong: () => isLarge || compiled.HasReadAnew
        );
        foreach (var file in read)
        {
            _files[file.Path] = file;
            if (file.IsOnTrial)
                unsettled[file.Path] = file.Seen;
        }
        _unsettled = unsettled;
        return isChanged;
    }

    private bool NeedsReading(SeenFile file, IReadOnlySet<string> touched) =>
        !_files.TryGetValue(file.Path, out var known)
        || known.Seen != file
        || touched.Contains(file.Path)
        || _unsettled.ContainsKey(file.Path);

    private bool HasSettled(SeenFile file, IReadOnlySet<string> touched) =>
        _unsettled.TryGetValue(file.Path, out var seen) && seen == file && !touched.Contains(file.Path);

    private bool DropMissing(IReadOnlyList<SeenFile> listed, Dictionary<string, SeenFile> unsettled, bool isForced)
    {
        var isChanged = false;
        var missing = new HashSet<string>(_files.Keys, StringComparer.Ordinal);
        for (var i = 0; i < listed.Count; i++)
            missing.Remove(listed[i].Path);
        foreach (var path in missing)
        {
            if (isForced || (_unsettled.TryGetValue(path, out var seen) && seen.IsMissing))
                isChanged |= _files.Remove(path);
            else
                unsettled.Add(path, SeenFile.Missing(path));
        }
        return isChanged;
    }
}
