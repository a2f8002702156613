using System.Collections.Concurrent;
using McpRuntime.Locks;
using McpRuntime.Manifests;
using McpRuntime.Validation;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// Manifests that were read and checked before, by their content. A process that starts finds them in the user's cache
/// folder and need not parse and check them again. Nothing depends on it: what is not there, or is damaged, or may be
/// someone else's, is read from the manifest.
/// </summary>
/// <remarks>
/// What a user approved is never in it, and a manifest that was compiled gets no more credit than its text: which
/// origins get a credential is looked up at every call. With a lock that is not enough, since others than the
/// reviewer may write the folder: then only what <see cref="FindReviewed"/> gives is used.
/// </remarks>
public sealed class CompiledManifests
{
    private readonly CompiledFolder? _folder;
    private readonly ILogger _logger;
    private readonly bool _onlyReviewed;
    private readonly ConcurrentQueue<Pending> _pending = [];
    private volatile Task _kept = Task.CompletedTask;
    private volatile bool _hasReadAnew;
    private bool _hasObjected;

    /// <param name="folder"><see cref="Configuration.RuntimeSettings.CacheFolder"/>; null keeps nothing.</param>
    /// <param name="logger">Is told why a folder is not used.</param>
    /// <param name="onlyReviewed">There is a lock: nothing is used that it does not know by its hash.</param>
    public CompiledManifests(string? folder, ILogger logger, bool onlyReviewed = false)
    {
        _onlyReviewed = onlyReviewed;
        _folder = folder is null ? null : new CompiledFolder(Path.Combine(folder, "manifests"));
        _logger = logger;
    }

    /// <summary>Reads a manifest that is in memory.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="source">Its name, for findings.</param>
    public ManifestReadResult Read(ReadOnlyMemory<byte> text, string? source)
    {
        var key = ContentKey.Of(text.Span, source);
        return Find(key, source) ?? ReadAnew(key, text, source);
    }

    /// <summary>Completes when what <see cref="Keep"/> began is done.</summary>
    internal Task Kept => _kept;

    /// <summary>Manifests have to be parsed: one since the last <see cref="Keep"/>, or all.</summary>
    internal bool HasReadAnew => _folder is null || _hasReadAnew;

    /// <summary>
    /// Starts to keep what was read since the last time; returns at once. A process that has answered does not end
    /// before it is done, or commands that end at once would never find anything.
    /// </summary>
    public void Keep()
    {
        _hasReadAnew = false;
        if (_pending.IsEmpty)
            return;
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _kept = kept.Task;
        var writing = new Thread(() =>
        {
            WritePending();
            kept.SetResult();
        });
        writing.Name = "Compiled manifests";
        writing.Start();
    }

    /// <summary>Reads a manifest of which nothing is kept; it will be when <see cref="Keep"/> is called.</summary>
    /// <param name="key">Of the text.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="source">Its name, for findings.</param>
    /// <param name="start">With a lock, what is worth keeping: what it does not know is never found.</param>
    internal ManifestReadResult ReadAnew(
        ContentKey key,
        ReadOnlyMemory<byte> text,
        string? source,
        LockStart? start = null
    )
    {
        _hasReadAnew = true;
        var read = ManifestReader.Read(text, source);
        if (_folder is not null && read.IsValid && (!_onlyReviewed || start?.HasManifest(key.ToString()) == true))
            _pending.Enqueue(new Pending(key, read));
        return read;
    }

    /// <summary>What was kept of a content; null where nothing was, and always with a lock.</summary>
    internal ManifestReadResult? Find(ContentKey key, string? source) =>
        _onlyReviewed ? null : Find(key, source, start: null);

    /// <summary>
    /// What was kept of a content, if it is byte by byte what was compared with the lock; null where it is not, or
    /// where that is not known.
    /// </summary>
    /// <param name="key">The content.</param>
    /// <param name="source">Its name, for findings.</param>
    /// <param name="start">What was compared with the lock.</param>
    internal ManifestReadResult? FindReviewed(ContentKey key, string? source, LockStart? start) =>
        start is null ? null : Find(key, source, start);

    /// <summary>A manifest as a process will find it that looks for it later.</summary>
    /// <param name="key">What it was read from.</param>
    /// <param name="read">What was read; valid.</param>
    /// <param name="hash">By which <see cref="FindReviewed"/> knows it.</param>
    internal static ConnectorManifest AsKept(ContentKey key, ManifestReadResult read, out string hash)
    {
        var sections = Sections(read);
        hash = CompiledFile.HashOf(key, sections);
        var kept = ManifestSection.Read(sections[0].Content.Written.ToArray(), source: null, entries: () => null);
        return kept.Manifest!;
    }

    private ManifestReadResult? Find(ContentKey key, string? source, LockStart? start)
    {
        if (_folder is null)
            return null;
        try
        {
            using var handle = _folder.Open(key);
            if (handle is null)
                return null;
            var file = CompiledFile.Open(handle, key, isHashed: start is not null);
            if (start is not null && !start.HasHash(file.Hash!))
                throw new InvalidDataException("It is not what was compared with the lock.");
            if (file.Read(CompiledSection.Manifest) is not { } section)
                return null;
            var read = ManifestSection.Read(section, source, () => ReadEntries(key, file.Hash));
            // Under the name by which it is in the lock.
            return start is null || start.IsReviewed(ToolLock.NameOf(project: null, read.Manifest!.Name), file.Hash!)
                ? read
                : null;
        }
        // Whatever someone wrote into the file.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _logger.LogDebug(exception, "The cached manifest of {Source} is not used.", source);
            return null;
        }
    }

    // Much later, and another file may be there by then: with a hash it must be the one of before.
    private byte[]? ReadEntries(ContentKey key, string? hash)
    {
        try
        {
            using var handle = _folder!.Open(key);
            if (handle is null)
                return null;
            var file = CompiledFile.Open(handle, key, isHashed: hash is not null);
            return file.Hash == hash ? file.Read(CompiledSection.Entries) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private void WritePending()
    {
        if (_folder!.Objection is { } objection && !_hasObjected)
        {
            _hasObjected = true;
            _logger.LogWarning("Manifests are not cached in {Folder}: {Reason}.", _folder, objection);
        }
        while (_pending.TryDequeue(out var pending))
        {
            try
            {
                _folder.Write(pending.Key, Compile(pending));
            }
            // A full or read-only disk, for one: it only costs time, and the server goes on.
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                _logger.LogDebug(exception, "Manifests cannot be cached in {Folder}.", _folder);
            }
        }
    }

    private static byte[] Compile(Pending pending) => CompiledFile.Write(pending.Key, Sections(pending.Read));

    // Of the manifest alone: no path, time or setting is in them, so that their hash is the same everywhere.
    private static FlatSection[] Sections(ManifestReadResult read) =>
        [
            new FlatSection(CompiledSection.Manifest, ManifestSection.Write(read)),
            new FlatSection(CompiledSection.Entries, EntriesSection.Write(read.Manifest!)),
        ];

    private sealed record Pending(ContentKey Key, ManifestReadResult Read);
}
