using System.Collections.Concurrent;
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
/// origins get a credential is looked up at every call.
/// </remarks>
public sealed class CompiledManifests
{
    private readonly CompiledFolder? _folder;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<Pending> _pending = [];
    private volatile Task _kept = Task.CompletedTask;
    private bool _hasObjected;

    /// <param name="folder"><see cref="Configuration.RuntimeSettings.CacheFolder"/>; null keeps nothing.</param>
    /// <param name="logger">Is told why a folder is not used.</param>
    public CompiledManifests(string? folder, ILogger logger)
    {
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
    internal bool HasReadAnew => _folder is null || !_pending.IsEmpty;

    /// <summary>
    /// Starts to keep what was read since the last time; returns at once. A process that has answered does not end
    /// before it is done, or commands that end at once would never find anything.
    /// </summary>
    public void Keep()
    {
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
    internal ManifestReadResult ReadAnew(ContentKey key, ReadOnlyMemory<byte> text, string? source)
    {
        var read = ManifestReader.Read(text, source);
        if (_folder is not null && read.IsValid)
            _pending.Enqueue(new Pending(key, read));
        return read;
    }

    /// <summary>What was kept of a content; null where nothing was.</summary>
    internal ManifestReadResult? Find(ContentKey key, string? source)
    {
        if (_folder is null)
            return null;
        try
        {
            using var handle = _folder.Open(key);
            return handle is not null && CompiledFile.Open(handle, key).Read(CompiledSection.Manifest) is { } section
                ? ManifestSection.Read(section, source, () => ReadEntries(key))
                : null;
        }
        // Whatever someone wrote into the file.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _logger.LogDebug(exception, "The cached manifest of {Source} is not used.", source);
            return null;
        }
    }

    private byte[]? ReadEntries(ContentKey key)
    {
        try
        {
            using var handle = _folder!.Open(key);
            return handle is null ? null : CompiledFile.Open(handle, key).Read(CompiledSection.Entries);
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

    private static byte[] Compile(Pending pending) =>
        CompiledFile.Write(
            pending.Key,
            new FlatSection(CompiledSection.Manifest, ManifestSection.Write(pending.Read)),
            new FlatSection(CompiledSection.Entries, EntriesSection.Write(pending.Read.Manifest!))
        );

    private sealed record Pending(ContentKey Key, ManifestReadResult Read);
}
