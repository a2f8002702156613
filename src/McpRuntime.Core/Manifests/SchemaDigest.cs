using System.Security.Cryptography;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>Two SHA-256 hashes of one schema's text; what it refers to is not in them.</summary>
/// <param name="All">Of everything it says.</param>
/// <param name="Rules">Of what it says without titles, descriptions, examples and defaults.</param>
internal sealed record SchemaDigest(byte[] All, byte[] Rules)
{
    public static SchemaDigest Of(JsonText schema)
    {
        var canonical = CanonicalSchema.OfThread;
        var all = SHA256.HashData(canonical.Write(schema.Utf8.Span, withWords: true));
        return new SchemaDigest(all, SHA256.HashData(canonical.Write(schema.Utf8.Span, withWords: false)));
    }
}
