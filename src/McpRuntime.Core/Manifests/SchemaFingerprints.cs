using System.Globalization;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Makes the fingerprints of a connector's input schemas. Each shared schema is hashed once, when a tool that reaches
/// it first asks. Safe to use from several threads.
/// </summary>
internal sealed class SchemaFingerprints
{
    private readonly SharedSchemas _shared;

    /// <param name="definitions">The connector's shared schemas by name.</param>
    public SchemaFingerprints(IReadOnlyDictionary<string, JsonText> definitions)
        : this(new SharedSchemas(definitions ?? throw new ArgumentNullException(nameof(definitions)))) { }

    internal SchemaFingerprints(SharedSchemas shared) => _shared = shared;

    /// <summary>
    /// The fingerprint of an input schema with what it reaches. Formatting and the order of keys do not matter.
    /// </summary>
    public SchemaFingerprint Of(JsonText inputSchema)
    {
        var own = SchemaDigest.Of(inputSchema);
        // Sums, since the order of the definitions is formatting too.
        var (shared, rules) = (0UL, 0UL);
        foreach (var schema in Reached(inputSchema))
        {
            var digest = schema.Digest;
            shared += SchemaHasher.Combine(schema.NameHash, digest.All);
            rules += SchemaHasher.Combine(schema.NameHash, digest.Rules);
        }
        return new SchemaFingerprint(Digits(own.All), Digits(shared), Digits(SchemaHasher.Combine(own.Rules, rules)));
    }

    /// <summary>The names of the shared schemas that a schema reaches.</summary>
    public IReadOnlyList<string> NamesReachedBy(JsonText schema) => [.. Reached(schema).Select(shared => shared.Name)];

    /// <summary>
    /// The rules of a tool's input schema are those of the document: a document's sentences may be sloppy, those that
    /// were written into the manifest by hand are meant.
    /// </summary>
    public static bool IsAsImported(ToolManifest tool, SharedSchemas shared) =>
        SchemaFingerprint.TryParse(tool.ImportedSchema) is { } imported
        && imported.Rules == new SchemaFingerprints(shared).Of(tool.InputSchema).Rules;

    /// <summary>The part of a fingerprint that is the tool's own schema.</summary>
    internal static string OwnOf(JsonText inputSchema) => Digits(SchemaDigest.Of(inputSchema).All);

    private List<SharedSchema> Reached(JsonText schema)
    {
        var found = new List<SharedSchema>();
        if (!_shared.MayBeReferredTo(schema.Utf8.Span))
            return found;
        var scanned = ScannedSchema.Of(schema.Utf8, _shared.Positions, hasOwnRoot: true);
        if (scanned.References.Count == 0)
            return found;
        var reached = _shared.Reach(scanned.References);
        for (var i = 0; i < reached.Length; i++)
        {
            if (reached[i])
                found.Add(_shared[i]);
        }
        return found;
    }

    private static string Digits(ulong hash) => ((uint)hash).ToString("x8", CultureInfo.InvariantCulture);
}
