using System.Buffers;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>One entry of a connector's <c>definitions</c>; scanned and rewritten once, when a tool first reaches it.</summary>
internal sealed class SharedSchema(string name, JsonText text)
{
    // Two threads may prepare the same schema at once; both get the same result and the last one stays.
    private volatile Prepared? _prepared;

    public string Name { get; } = name;

    public Prepared Prepare(Dictionary<string, int> positions)
    {
        if (_prepared is { } prepared)
            return prepared;
        var scanned = ScannedSchema.Of(text.Utf8, positions, hasOwnRoot: false);
        var targets = new HashSet<int>();
        foreach (var reference in scanned.References)
            targets.Add(positions[reference.Name]);
        var rewritten = new ArrayBufferWriter<byte>(text.Utf8.Length + 1);
        scanned.Rewrite(0, text.Utf8.Length, newNames: null, rewritten);
        return _prepared = new Prepared(scanned, rewritten.WrittenMemory, ScannedSchema.Quoted(Name), [.. targets]);
    }

    /// <param name="Scanned">The schema as it stands in the manifest.</param>
    /// <param name="Rewritten">The same with references to <c>$defs</c>, under the usual names.</param>
    /// <param name="QuotedName">The name as a JSON string.</param>
    /// <param name="Targets">Positions of the shared schemas that it refers to.</param>
    public sealed record Prepared(
        ScannedSchema Scanned, ReadOnlyMemory<byte> Rewritten, ReadOnlyMemory<byte> QuotedName, int[] Targets);
}
