using McpRuntime.Diagnostics;

namespace McpRuntime.Manifests;

/// <summary>A manifest that was read, or why it was not.</summary>
/// <param name="Manifest">Null if and only if <paramref name="Findings"/> hold an error.</param>
/// <param name="Findings">Everything that was found, in the order of the text; each has line and column.</param>
public sealed record ManifestReadResult(ConnectorManifest? Manifest, IReadOnlyList<Finding> Findings)
{
    public bool IsValid => Manifest is not null;
}
