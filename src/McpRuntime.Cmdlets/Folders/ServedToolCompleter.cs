using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>Names of the tools that a server of the connectors folder has.</summary>
public sealed class ServedToolCompleter : McpCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line)
    {
        var settings = ModuleOptions.Settings(Bound(line.Bound, "ConnectorPath"));
        using var limit = new CancellationTokenSource(Patience);
        var tools = SessionConnectors
            .Current.LoadWithin(settings, limit.Token)
            .Tools.Tools.Where(tool => line.IsBegunBy(tool.Name));
        var builtIns = ServedTools.BuiltIns(settings).Where(tool => line.IsBegunBy(tool.Name));
        return
        [
            .. builtIns.Select(tool => Of(tool.Name, tool.Description)),
            .. tools.Select(tool => Of(tool.Name, tool.Tool.Description)),
        ];
    }

    private static CompletionResult Of(string name, string? description) =>
        Result(
            PowerShellText.Quote(name),
            name,
            description is null ? null : UntrustedText.CleanMultiline(description)
        );
}
