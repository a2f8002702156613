using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Two hashes of one schema's text; the schemas that it refers to are not included. Formatting, escapes and the order
/// of members do not matter. XXH64: these hashes detect edits, not attacks, and an import makes one for every tool.
/// </summary>
/// <param name="All">Of the whole schema.</param>
/// <param name="Rules">Of the schema without titles, descriptions, examples and defaults.</param>
internal readonly record struct SchemaDigest(ulong All, ulong Rules)
{
    public SchemaDigest(ulong both)
        : this(both, both) { }

    public bool HasNoAnnotation => All == Rules;

    public static SchemaDigest Of(JsonText schema) => SchemaHasher.OfThread.Hash(schema.Utf8.Span);
}
