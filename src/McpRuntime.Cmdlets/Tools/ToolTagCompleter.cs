using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Tags of tools.</summary>
public sealed class ToolTagCompleter : ToolCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line) =>
        Tools(line)
            .SelectMany(tool => tool.Tags)
            .CountBy(tag => tag, StringComparer.OrdinalIgnoreCase)
            .Where(tag => line.IsBegunBy(tag.Key))
            .OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase)
            .Select(tag => Result(PowerShellText.Quote(tag.Key), tag.Key, CountText.Of(tag.Value, "tool")));
}
