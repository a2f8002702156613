using System.Security.Cryptography;
using System.Text;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Makes the fingerprints of a connector's input schemas. Each shared schema is hashed once, when a tool that reaches it
/// first asks. Safe to use from several threads.
/// </summary>
public sealed class SchemaFingerprints
{
    private readonly SharedSchemas _shared;

    /// <param name="definitions">The connector's shared schemas by name.</param>
    public SchemaFingerprints(IReadOnlyDictionary<string, JsonText> definitions)
        : this(new SharedSchemas(definitions ?? throw new ArgumentNullException(nameof(definitions))))
    {
    }

    internal SchemaFingerprints(SharedSchemas shared) => _shared = shared;

    /// <summary>The fingerprint of an input schema with what it reaches. Formatting and the order of keys do not matter.</summary>
    public SchemaFingerprint Of(JsonText inputSchema)
    {
        var own = SchemaDigest.Of(inputSchema);
        using var shared = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rules = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        rules.AppendData(own.Rules);
        foreach (var schema in Reached(inputSchema))
        {
            // A hash has one length, so that names and hashes in a row can be read in one way only.
            var name = Encoding.UTF8.GetBytes(schema.Name);
            var digest = schema.Digest();
            shared.AppendData(name);
            shared.AppendData(digest.All);
            rules.AppendData(name);
            rules.AppendData(digest.Rules);
        }
        return new SchemaFingerprint(Digits(own.All), Digits(shared.GetHashAndReset()), Digits(rules.GetHashAndReset()));
    }

    /// <summary>The names of the shared schemas that a schema reaches, in the order of the ordinal comparison.</summary>
    public IReadOnlyList<string> NamesReachedBy(JsonText schema) => [.. Reached(schema).Select(shared => shared.Name)];

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
        // The order of the definitions is formatting too.
        found.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return found;
    }

    private static string Digits(byte[] hash) => Convert.ToHexStringLower(hash, 0, SchemaFingerprint.HashLength / 2);
}
