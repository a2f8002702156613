using System.Text;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// The manifest in pieces: numbers of shared schemas and tools, two hints of each tool and whether it is pinned, then
/// the connector without both, the findings, what instructions say of it, name and text of each shared schema, and
/// name, endpoint and text of each tool; texts are JSON.
/// </summary>
internal static class ManifestSection
{
    private const int Connector = 0,
        Findings = 1,
        Guidance = 2,
        FirstSchema = 3;
    private const int OfSchema = 2,
        OfTool = 3,
        Flags = 3;
    private const byte IsSaid = 1,
        IsTrue = 2;

    public static FlatWriter Write(ManifestReadResult read)
    {
        var manifest = read.Manifest!;
        var section = new FlatWriter(64 * 1024);
        section.Int(manifest.Definitions.Count);
        section.Int(manifest.Tools.Count);
        foreach (var tool in manifest.Tools)
            section.Bytes([
                Hint(tool.Annotations.ReadOnly),
                Hint(tool.Annotations.Destructive),
                (byte)(tool.Pin ? 1 : 0),
            ]);
        var pieces = new List<ReadOnlyMemory<byte>>
        {
            Json(writer => ManifestJson.WriteHead(writer, manifest)),
            Json(writer => CompiledFindings.Write(writer, read.Findings)),
            Encoding.UTF8.GetBytes(
                ConnectorGuidance.Of(manifest, [.. manifest.Tools.Select(tool => tool.Endpoint)]).Write()
            ),
        };
        foreach (var (name, schema) in manifest.Definitions)
            pieces.AddRange([Encoding.UTF8.GetBytes(name), schema.Utf8]);
        foreach (var tool in manifest.Tools)
            pieces.AddRange([
                Encoding.UTF8.GetBytes(tool.Name),
                Encoding.UTF8.GetBytes(tool.Endpoint),
                Json(writer => ToolJson.Write(writer, tool)),
            ]);
        FlatPieces.Write(section, pieces);
        return section;
    }

    /// <param name="section">What <see cref="Write"/> wrote; kept, as the manifest's texts are parts of it.</param>
    /// <param name="source">The manifest's name, for findings.</param>
    /// <param name="entries">Gets the bytes of <see cref="CompiledSection.Entries"/>; null where there are
    /// none.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a section.</exception>
    public static ManifestReadResult Read(byte[] section, string? source, Func<byte[]?> entries)
    {
        var reader = new FlatReader(section);
        var schemas = reader.Count(OfSchema * sizeof(int));
        var tools = reader.Count(Flags + (OfTool * sizeof(int)));
        var hints = reader.Take(Flags * tools);
        var pieces = FlatPieces.Read(ref reader, section, FirstSchema + (schemas * OfSchema) + (tools * OfTool));
        var heads = new ToolHead[tools];
        var firstTool = FirstSchema + (schemas * OfSchema);
        var texts = new ReadOnlyMemory<byte>[tools];
        for (var i = 0; i < tools; i++)
        {
            var piece = firstTool + (i * OfTool);
            var flags = hints.Slice(Flags * i, Flags);
            heads[i] = new ToolHead(
                pieces.Text(piece),
                pieces.Text(piece + 1),
                Hint(flags[0]),
                Hint(flags[1]),
                flags[2] != 0
            );
            texts[i] = pieces[piece + 2];
        }
        var manifest = CompiledJson.ReadConnector(pieces[Connector]) with
        {
            Definitions = new CompiledDefinitions(pieces, FirstSchema, schemas),
            Tools = new CompiledTools(heads, texts, pieces.Text(Guidance), entries),
        };
        return new ManifestReadResult(manifest, CompiledFindings.Read(pieces[Findings], source));
    }

    private static ReadOnlyMemory<byte> Json(Action<ManifestJsonWriter> write)
    {
        var writer = new ManifestJsonWriter(capacity: 256);
        write(writer);
        return writer.Written;
    }

    private static byte Hint(bool? hint) =>
        hint switch
        {
            null => 0,
            false => IsSaid,
            true => IsSaid | IsTrue,
        };

    private static bool? Hint(byte hint) => (hint & IsSaid) == 0 ? null : (hint & IsTrue) != 0;
}
