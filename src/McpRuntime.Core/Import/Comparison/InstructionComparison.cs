using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Import.Comparison;

/// <summary>
/// Texts that instruct a model and that the manifest does not have yet. The authors of an API document write
/// what agents read: a review is due before it is imported.
/// </summary>
internal sealed class InstructionComparison
{
    private readonly HashSet<string> _known;
    private readonly ConnectorManifest _fresh;

    public InstructionComparison(ConnectorManifest existing, ConnectorManifest fresh)
    {
        _fresh = fresh;
        _known = [.. InstructionRule.OfConnector(existing).Select(found => found.Text)];
        foreach (var tool in existing.Tools)
            _known.UnionWith(InstructionRule.OfTool(tool).Select(found => found.Text));
    }

    /// <summary>New ones in the connector's own texts and shared schemas.</summary>
    public IEnumerable<ManifestChange> OfConnector() => Changes(InstructionRule.OfConnector(_fresh));

    /// <summary>New ones in a tool.</summary>
    public IReadOnlyList<ManifestChange> Of(ToolManifest tool) => [.. Changes(InstructionRule.OfTool(tool))];

    private IEnumerable<ManifestChange> Changes(IEnumerable<InstructingText> texts) =>
        texts
            .Where(found => !_known.Contains(found.Text))
            .DistinctBy(found => (found.What, found.Text))
            .Select(found =>
                ManifestChange.Breaking(
                    DriftRules.Instructs,
                    found.What,
                    $"It {found.Reason}. Review it before you import again."
                )
            );
}
