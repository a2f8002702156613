using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Import.Comparison;

/// <summary>The differences of a manifest as findings, each at the tool in the manifest that it is about.</summary>
public static class DriftFindings
{
    /// <param name="existing">The manifest as it is.</param>
    /// <param name="difference">How its document differs from it.</param>
    public static IReadOnlyList<Finding> Of(ConnectorManifest existing, ManifestDifference difference)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(difference);
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < existing.Tools.Count; i++)
            positions.TryAdd(existing.Tools[i].Name, i);
        return
        [
            .. difference.Changes.Select(change => new Finding(
                change.Change.RuleId,
                change.Change.Severity,
                $"{change.Tool ?? existing.Name}: {(change.Change.What == "tool" ? "" : change.Change.What + ": ")}"
                    + change.Change.Message
            )
            {
                Subject = string.Join(' ', [existing.Name, change.Tool ?? "", change.Change.What]),
                Pointer =
                    change.Tool is not null && positions.TryGetValue(change.Tool, out var position)
                        ? JsonPointer.Append(ToolContext.List, position)
                        : "/connector",
            }),
        ];
    }
}
