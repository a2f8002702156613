using System.Buffers;
using McpRuntime.Concurrency;
using McpRuntime.Validation;

namespace McpRuntime.Manifests;

/// <summary>
/// Writes manifests as YAML: the same manifest always gives the same bytes, lines are meant to be read and to be
/// compared, and every value reads the same in YAML 1.1 and 1.2.
/// </summary>
public static class ManifestWriter
{
    /// <summary>Writes UTF-8 without byte order mark, lines ended by LF. What is a default is left out.</summary>
    /// <remarks>
    /// <see cref="ManifestReader"/> gives back an equal manifest. Two things become what YAML can say: a lone surrogate
    /// in a string is U+FFFD, and JSON texts of schemas come back without blanks between tokens.
    /// </remarks>
    public static void Write(ConnectorManifest manifest, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var part in Parts(manifest))
            output.Write(part.Span);
    }

    /// <summary>The text as bytes.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ConnectorManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var parts = Parts(manifest);
        var length = 0;
        foreach (var part in parts)
            length = checked(length + part.Length);
        var text = GC.AllocateUninitializedArray<byte>(length);
        var rest = text.AsSpan();
        foreach (var part in parts)
        {
            part.Span.CopyTo(rest);
            rest = rest[part.Length..];
        }
        return text;
    }

    /// <summary>The text as parts, one after the other.</summary>
    // One schema or tool at a time: all of them as JSON would be the manifest a second time in memory.
    internal static ReadOnlyMemory<byte>[] Parts(ConnectorManifest manifest)
    {
        using var writers = new WorkerPool<ManifestPartWriter>(() => new ManifestPartWriter());
        var definitions = writers.Map(manifest.Definitions.ToArray(), static (writer, definition) =>
            writer.Definition(definition.Key, definition.Value)
        );
        var tools = writers.Map(manifest.Tools, static (writer, tool) => writer.Tool(tool));
        return
        [
            new ManifestPartWriter().Head(manifest),
            (definitions.Length == 0 ? ""u8 : "  definitions:\n"u8).ToArray(),
            .. definitions,
            (tools.Length == 0 ? "  tools: []\n"u8 : "  tools:\n"u8).ToArray(),
            .. tools,
        ];
    }
}
