using System.Buffers;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Makes a schema of a connector are on its own: references to shared schemas (<c>#/definitions/NAME</c>) become
/// <c>#/$defs/NAME</c>, and <c>$defs</c> receives exactly the shared schemas that are reached, in the connector's
/// order. The same input gives the same bytes. References to unknown names stay as they are; validation reports them.
/// Safe to use from several threads.
/// </summary>
public sealed class SchemaBundler
{
    private readonly SharedSchemas _shared;

    /// <param name="definitions">The connector's shared schemas by name.</param>
    public SchemaBundler(IReadOnlyDictionary<string, JsonText> definitions)
        : this(new SharedSchemas(definitions ?? throw new ArgumentNullException(nameof(definitions)))) { }

    internal SchemaBundler(SharedSchemas shared) => _shared = shared;

    /// <summary>The bundler of a connector; what it needs is prepared once for all its tools.</summary>
    public static SchemaBundler Of(ConnectorManifest connector) => new(SharedSchemas.Of(connector));

    /// <summary>Bundles one schema; one that refers to no shared schema comes back unchanged.</summary>
    public JsonText Bundle(JsonText schema)
    {
        var text = schema.Utf8.Span;
        if (!_shared.MayBeReferredTo(text))
            return schema;
        var scanned = ScannedSchema.Of(schema.Utf8, _shared.Positions, hasOwnRoot: true);
        if (scanned.References.Count == 0)
            return schema;

        var scan = scanned.Scan;
        var reached = _shared.Reach(scanned.References);
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

    /// <summary>
    /// New names for the shared schemas whose name is in the schema's own <c>$defs</c>; null for none.
    /// </summary>
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
            while (_shared.Positions.ContainsKey($"{name}_{number}") || !scan.OwnDefs.Add($"{name}_{number}"))
                number++;
            (names ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = $"{name}_{number}";
        }

        return names;
    }

    private void WriteShared(
        bool[] reached,
        Dictionary<string, string>? newNames,
        bool startsWithComma,
        ArrayBufferWriter<byte> output
    )
    {
        for (var i = 0; i < reached.Length; i++)
        {
            if (!reached[i])
                continue;
            if (startsWithComma)
                output.Write(","u8);
            startsWithComma = true;
            var shared = _shared[i].Rewrite(_shared.Positions);
            if (newNames is null)
            {
                output.Write(shared.QuotedName.Span);
                output.Write(":"u8);
                output.Write(shared.Text.Span);
                continue;
            }

            // A collision is rare: only then is the text made anew, with the names of this schema.
            var name = _shared[i].Name;
            var schema = _shared[i].Scan(_shared.Positions).Schema;
            output.Write(
                newNames.TryGetValue(name, out var other) ? ScannedSchema.Quoted(other) : shared.QuotedName.Span
            );
            output.Write(":"u8);
            schema.Rewrite(0, schema.Text.Length, newNames, output);
        }
    }
}
