using System.Text.Json;

namespace McpRuntime.Locks;

/// <summary>A text that someone reviewed, and its hash.</summary>
/// <param name="Text">Canonical JSON; it is compared and shown, and nothing is served from it.</param>
internal sealed record ReviewedText(JsonElement Text)
{
    private string? _hash;

    /// <summary><c>sha256:HEX</c>.</summary>
    public string Hash => _hash ??= CanonicalJson.HashOf(Text);

    public bool IsSame(ReviewedText other) => Hash == other.Hash;
}

/// <summary>What was reviewed of a tool.</summary>
/// <param name="Shown">
/// What a model sees: texts, annotations, schemas, and the hashes of the shared schemas that they reach.
/// </param>
/// <param name="Does">
/// What a call does: method, path, origin, places of arguments, fixed values, body, security, limits, the check of
/// arguments; all that a manifest has and a model does not see.
/// </param>
internal sealed record ReviewedTool(ReviewedText Shown, ReviewedText Does)
{
    public bool IsSame(ReviewedTool other) => Shown.IsSame(other.Shown) && Does.IsSame(other.Does);
}

/// <summary>What was reviewed of a connector.</summary>
/// <param name="Shown">Title and description, which a server's instructions quote.</param>
/// <param name="Schemas">The shared schemas that its tools reach, by name.</param>
/// <param name="Tools">By name in the manifest.</param>
internal sealed record LockedConnector(
    ReviewedText Shown,
    IReadOnlyDictionary<string, ReviewedText> Schemas,
    IReadOnlyDictionary<string, ReviewedTool> Tools
);
