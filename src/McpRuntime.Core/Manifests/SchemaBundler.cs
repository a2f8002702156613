using System.Buffers;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Makes a schema of a connector stand on its own: references to shared schemas (<c>#/definitions/NAME</c>) become
/// <c>#/$defs/NAME</c>, and <c>$defs</c> receives exactly the shared schemas that are reached, in the connector's order.
/// The same input gives the same bytes. References to unknown names stay as they are; validation reports them.
/// Safe to use from several threads.
/// </summary>
public sealed class SchemaBundler
{
    private readonly SharedSchema[] _shared;
    private readonly Dictionary<string, int> _positions;

    /// <param name="definitions">The connector's shared schemas by name.</param>
    public SchemaBundler(IReadOnlyDictionary<string, JsonText> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        _shared = new SharedSchema[definitions.Count];
        _positions = new Dictionary<string, int>(definitions.Count, StringComparer.Ordinal);
        foreach (var (name, text) in definitions)
        {
            _shared[_positions.Count] = new SharedSchema(name, text);
            _positions.Add(name, _positions.Count);
        }
    }

    /// <summary>Bundles one schema; one that refers to no shared schema comes back unchanged.</summary>
    public JsonText Bundle(JsonText schema)
    {
        var text = schema.Utf8.Span;
        if (_shared.Length == 0 || !MayRefer(text))
            return schema;
        var scanned = ScannedSchema.Of(schema.Utf8, _positions, hasOwnRoot: true);
        if (scanned.References.Count == 0)
            return schema;

        var scan = scanned.Scan;
        var reached = Reach(scanned.References);
        var newNames = NamesForColliding(scan, reached);
        var output = new ArrayBufferWriter<byte>(text.Length * 2);
        var isNewDefs = scan.OwnDefsEnd < 0;
        var end = isNewDefs ? scan.RootEnd : scan.OwnDefsEnd;
        scanned.Rewrite(0, end, newNames, output);
        if (isNewDefs)
            output.Write(",\"$defs\":{"u8);
        WriteShared(reached, newNames, startsWithComma: scan.OwnDefs?.Count > 0, output);
        if (isNewDefs)
            output.Write("}"u8);
        scanned.Rewrite(end, text.Length, newNames, output);
        return new JsonText(output.WrittenSpan.ToArray());
    }

    /// <summary>False when the text cannot hold a reference to a shared schema; a backslash may hide one.</summary>
    private static bool MayRefer(ReadOnlySpan<byte> text) =>
        text.IndexOf("#/definitions/"u8) >= 0 || text.Contains((byte)'\\');

    /// <summary>For each shared schema, whether it is reached, directly or through others.</summary>
    private bool[] Reach(IReadOnlyList<DefinitionReference> references)
    {
        var reached = new bool[_shared.Length];
        var open = new Stack<int>();
        foreach (var reference in references)
            Mark(_positions[reference.Name]);
        while (open.TryPop(out var position))
        {
            foreach (var next in _shared[position].Prepare(_positions).Targets)
                Mark(next);
        }

        return reached;

        void Mark(int position)
        {
            if (reached[position])
                return;
            reached[position] = true;
            open.Push(position);
        }
    }

    /// <summary>New names for the shared schemas whose name stands in the schema's own <c>$defs</c>; null for none.</summary>
    private Dictionary<string, string>? NamesForColliding(SchemaScan scan, bool[] reached)
    {
        if (scan.OwnDefs is null)
            return null;
        Dictionary<string, string>? names = null;
        for (var i = 0; i < reached.Length; i++)
        {
            var name = _shared[i].Name;
            if (!reached[i] || !scan.OwnDefs.Contains(name))
                continue;
            var number = 2;
            while (_positions.ContainsKey($"{name}_{number}") || !scan.OwnDefs.Add($"{name}_{number}"))
                number++;
            (names ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = $"{name}_{number}";
        }

        return names;
    }

    private void WriteShared(
        bool[] reached, Dictionary<string, string>? newNames, bool startsWithComma, ArrayBufferWriter<byte> output)
    {
        for (var i = 0; i < reached.Length; i++)
        {
            if (!reached[i])
                continue;
            if (startsWithComma)
                output.Write(","u8);
            startsWithComma = true;
            var shared = _shared[i].Prepare(_positions);
            if (newNames is null)
            {
                output.Write(shared.QuotedName.Span);
                output.Write(":"u8);
                output.Write(shared.Rewritten.Span);
                continue;
            }

            // A collision is rare: only then is the text made anew, with the names of this schema.
            var name = _shared[i].Name;
            output.Write(newNames.TryGetValue(name, out var other) ? ScannedSchema.Quoted(other) : shared.QuotedName.Span);
            output.Write(":"u8);
            shared.Scanned.Rewrite(0, shared.Scanned.Text.Length, newNames, output);
        }
    }
}
