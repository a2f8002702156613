using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Checks what the shape of a manifest does not show: names, references and whether parts fit each other.</summary>
public static class ManifestValidator
{
    /// <summary>All findings, with pointers into the manifest's text.</summary>
    /// <param name="manifest">
    /// Read or imported. Where a needed text is empty, its absence has been reported, and nothing more is said about it.
    /// </param>
    /// <param name="strict">Adds the rules about names, descriptions and consistency.</param>
    public static IReadOnlyList<Finding> Validate(ConnectorManifest manifest, bool strict)
    {
        var findings = new FindingList();
        ConnectorRules.Check(findings, manifest);
        return findings.Items;
    }
}
