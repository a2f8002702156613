using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Names of tools.</summary>
public sealed class ToolNameCompleter : ToolCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line) =>
        Tools(line)
            .Where(tool => line.IsBegunBy(tool.Name))
            .Select(tool => Result(PowerShellText.Quote(tool.Name), tool.Name, UntrustedText.Clean(tool.Description)));
}
