using McpRuntime.Import.Comparison;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Import;

/// <summary>
/// An import in the place of a manifest that a front end keeps elsewhere than in a connectors folder.
/// </summary>
public static class Reimport
{
    /// <summary>
    /// The import with what a user wrote into the existing manifest, and how it differs from that manifest. Nothing is
    /// written and nothing is approved.
    /// </summary>
    /// <param name="existing">The manifest that it replaces.</param>
    /// <param name="import">The new import; one without a manifest comes back as it is.</param>
    public static PreparedImport Over(ConnectorManifest existing, ImportResult import)
    {
        ArgumentNullException.ThrowIfNull(existing);
        var merged = ImportMerge.Merge(existing, import);
        if (merged.Import.Manifest is null)
            return new PreparedImport(merged.Import);
        var named = CommandStage.Named(merged.Import);
        return new PreparedImport(named)
        {
            Kept = merged.Kept,
            Difference = ManifestComparison.Compare(existing, named.Manifest!),
        };
    }
}
