using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// One entry of a connector's <c>definitions</c>; scanned, rewritten and hashed once, when it is first needed.
/// </summary>
internal sealed class SharedSchema(string name, JsonText text)
{
    // Two threads may do the same work at once; both get the same result and the last one stays.
    private volatile Scanned? _scanned;
    private volatile Rewritten? _rewritten;
    private volatile Hashes? _hashes;

    public string Name { get; } = name;

    /// <summary>Where it refers to other shared schemas.</summary>
    public Scanned Scan(Dictionary<string, int> positions)
    {
        if (_scanned is { } scanned)
            return scanned;
        var schema = ScannedSchema.Of(text.Utf8, positions, hasOwnRoot: false);
        var targets = new HashSet<int>();
        foreach (var reference in schema.References)
            targets.Add(positions[reference.Name]);
        return _scanned = new Scanned(schema, [.. targets]);
    }

    /// <summary>The schema as it is bundled.</summary>
    public Rewritten Rewrite(Dictionary<string, int> positions)
    {
        if (_rewritten is { } rewritten)
            return rewritten;
        var output = new ArrayBufferWriter<byte>(text.Utf8.Length + 1);
        Scan(positions).Schema.Rewrite(0, text.Utf8.Length, newNames: null, output);
        return _rewritten = new Rewritten(output.WrittenMemory, ScannedSchema.Quoted(Name));
    }

    /// <summary>Hashes of its text.</summary>
    public SchemaDigest Digest => Hashed.Digest;

    /// <summary>A hash of its name.</summary>
    public ulong NameHash => Hashed.Name;

    private Hashes Hashed =>
        _hashes ??= new Hashes(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(Name.AsSpan())), SchemaDigest.Of(text));

    /// <param name="Schema">The schema as it is in the manifest.</param>
    /// <param name="Targets">Positions of the shared schemas that it refers to.</param>
    public sealed record Scanned(ScannedSchema Schema, int[] Targets);

    /// <param name="Text">The schema with references to <c>$defs</c>, under the usual names.</param>
    /// <param name="QuotedName">The name as a JSON string.</param>
    public sealed record Rewritten(ReadOnlyMemory<byte> Text, ReadOnlyMemory<byte> QuotedName);

    private sealed record Hashes(ulong Name, SchemaDigest Digest);
}
