using System.Collections;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Compiled;

/// <summary>Tools that are read when someone asks for them, each once. Safe to use from several threads.</summary>
/// <param name="heads">What is known of each without reading it.</param>
/// <param name="texts">Each as JSON.</param>
/// <param name="guidance">See <see cref="IKnownTools.Guidance"/>.</param>
/// <param name="entries">Gets the bytes of <see cref="CompiledSection.Entries"/>; null where there are none.</param>
internal sealed class CompiledTools(
    ToolHead[] heads,
    ReadOnlyMemory<byte>[] texts,
    string guidance,
    Func<byte[]?> entries
) : IReadOnlyList<ToolManifest>, IKnownTools
{
    private readonly ToolManifest?[] _tools = new ToolManifest?[heads.Length];

    public IReadOnlyList<ToolHead> Heads => heads;

    public string Guidance => guidance;

    public int Count => heads.Length;

    /// <exception cref="McpRuntimeException">The text is not a tool: someone wrote the file by hand.</exception>
    public ToolManifest this[int index]
    {
        get
        {
            if (Volatile.Read(ref _tools[index]) is { } known)
                return known;
            var tool = Read(index);
            // One object for everyone: what is made for a tool is kept next to it.
            return Interlocked.CompareExchange(ref _tools[index], tool, null) ?? tool;
        }
    }

    public IEnumerator<ToolManifest> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public Func<int, ReadOnlyMemory<byte>>? ReadEntries()
    {
        try
        {
            return entries() is { } section && EntriesSection.Read(section, Count) is var pieces
                ? position => pieces[position]
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private ToolManifest Read(int index)
    {
        try
        {
            return CompiledJson.ReadTool(texts[index]);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new McpRuntimeException(
                $"The cached tool '{heads[index].Name}' is invalid. Delete the cache folder.",
                exception
            );
        }
    }
}
