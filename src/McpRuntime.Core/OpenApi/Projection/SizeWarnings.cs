using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Says when a list of tools is more than a model chooses from well. Nothing is ever left out silently.
/// </summary>
internal static class SizeWarnings
{
    internal const int ManyTools = 50;
    internal const int ManyTokens = 20_000;
    internal const int LargeTool = 4_000;

    internal static IReadOnlyList<ImportFinding> Of(IReadOnlyList<ImportedTool> tools, OptionNames names)
    {
        var findings = new ImportFindings();
        var tokens = 0;
        foreach (var tool in tools)
        {
            tokens += tool.EstimatedTokens;
            if (tool.EstimatedTokens > LargeTool)
            {
                findings.Add(
                    ImportRules.LargeTool,
                    FindingSeverity.Warning,
                    null,
                    "",
                    $"The tool '{tool.Name}' ({tool.Endpoint}) takes about "
                        + $"{CountText.Of(tool.EstimatedTokens, "token")} of a model's context; shorten its input "
                        + $"schema in the "
                        + $"manifest{(names.ExcludePath is { } exclude ? $", or leave it out with {exclude}" : "")}."
                );
            }
        }
        if (tools.Count > ManyTools || tokens > ManyTokens)
        {
            var choices = OptionNames.Any(
                names.IncludePath,
                names.IncludeTag,
                names.Method,
                names.ReadOnly,
                names.MaxTools
            );
            findings.Add(
                ImportRules.ManyTools,
                FindingSeverity.Warning,
                null,
                "",
                $"{CountText.Of(tools.Count, "tool")} {(tools.Count == 1 ? "takes" : "take")} about "
                    + $"{CountText.Of(tokens, "token")} of a model's context; models choose well "
                    + $"among {CountText.Of(ManyTools, "tool")} and {CountText.Of(ManyTokens, "token")}. Import fewer "
                    + $"with {choices}, or serve fewer with {names.ServedTools}."
            );
        }
        return findings.With(tokens).Findings;
    }
}
