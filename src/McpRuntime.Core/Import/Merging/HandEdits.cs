using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Import.Merging;

/// <summary>
/// Which schemas of a manifest were changed by hand since they were imported. Fingerprints are kept for each tool and
/// not for each shared schema, so that a shared schema counts as changed where no tool that reaches it says otherwise.
/// </summary>
internal sealed class HandEdits
{
    private readonly ConnectorManifest _manifest;
    private readonly SchemaFingerprints _fingerprints;
    private readonly HashSet<string> _changedDefinitions = new(StringComparer.Ordinal);

    internal HandEdits(ConnectorManifest manifest)
    {
        _manifest = manifest;
        _fingerprints = new SchemaFingerprints(manifest.Definitions);
        var asImported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in manifest.Tools)
        {
            var isAsImported =
                SchemaFingerprint.TryParse(tool.ImportedSchema) is { } imported
                && imported.Shared == _fingerprints.Of(tool.InputSchema).Shared;
            (isAsImported ? asImported : _changedDefinitions).UnionWith(_fingerprints.NamesReachedBy(tool.InputSchema));
        }
        _changedDefinitions.ExceptWith(asImported);
    }

    /// <summary>Shared schemas that may have been changed by hand, or whose origin is not known.</summary>
    internal IEnumerable<string> Definitions => _manifest.Definitions.Keys.Where(_changedDefinitions.Contains);

    /// <summary>Whether a tool's own input schema was changed by hand; also where its origin is not known.</summary>
    internal bool IsChanged(ToolManifest tool) =>
        SchemaFingerprint.TryParse(tool.ImportedSchema) is not { } imported
        || imported.Own != _fingerprints.Of(tool.InputSchema).Own;

    /// <summary>
    /// Whether a limit of a tool's input schema, or of a shared one that it reaches, was changed by hand.
    /// </summary>
    internal bool HasOwnRules(ToolManifest tool) =>
        SchemaFingerprint.TryParse(tool.ImportedSchema) is { } imported
        && imported.Rules != _fingerprints.Of(tool.InputSchema).Rules;

    /// <summary>Whether two texts say the same, however they are written.</summary>
    internal static bool IsSame(JsonText left, JsonText right) =>
        left == right || SchemaDigest.Of(left).All == SchemaDigest.Of(right).All;
}
