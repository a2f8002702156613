using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// What a tool's input schema said when it was imported (<c>imported_schema</c>), so that a schema that was changed by
/// hand can be told from the document's: <c>OWN-SHARED-RULES</c>, eight hexadecimal digits of XXH64 each.
/// </summary>
/// <param name="Own">Of the tool's own <c>input_schema</c>.</param>
/// <param name="Shared">Of the shared schemas that it reaches, with their names.</param>
/// <param name="Rules">Of both without titles, descriptions, examples and defaults: what decides whether a value
/// fits.</param>
internal sealed record SchemaFingerprint(string Own, string Shared, string Rules)
{
    internal const int HashLength = 8;

    /// <summary>Reads what <see cref="ToString"/> wrote; null for any other text.</summary>
    public static SchemaFingerprint? TryParse(string? text)
    {
        const int length = (3 * HashLength) + 2;
        if (text?.Length != length || text[HashLength] != '-' || text[(2 * HashLength) + 1] != '-')
            return null;
        var parts = text.Split('-');
        return parts.Length == 3 && parts.All(part => part.All(char.IsAsciiHexDigitLower))
            ? new SchemaFingerprint(parts[0], parts[1], parts[2])
            : null;
    }

    /// <summary>
    /// The text of a fingerprint after examples were added to the tool's own schema: its rules, and what it reaches,
    /// are as before.
    /// </summary>
    public static string WithExamples(string before, JsonText inputSchema) =>
        string.Concat(SchemaFingerprints.OwnOf(inputSchema), before.AsSpan(HashLength));

    public override string ToString() => $"{Own}-{Shared}-{Rules}";
}
