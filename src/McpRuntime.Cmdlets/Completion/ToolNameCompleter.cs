using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Names of tools: of a running server that the line names, else of the connectors folder.</summary>
public sealed class ToolNameCompleter : McpCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        if (bound["Uri"] is not null || bound["Command"] is not null)
            return [];
        using var limit = new CancellationTokenSource(Patience);
        var given = bound["Runtime"] is PSObject wrapped ? wrapped.BaseObject : bound["Runtime"];
        if (given is McpRuntimeJob runtime)
        {
            var tools = Task.Run(() => runtime.Client.ListToolsAsync(cancellationToken: limit.Token).AsTask(), limit.Token).GetAwaiter().GetResult();
            return tools.Select(tool => (tool.Name, (string?)UntrustedText.Clean(tool.Description)));
        }
        var settings = SettingsReader.Read(new SettingOverrides { ConnectorsFolder = Bound(bound, "ConnectorPath") });
        var snapshot = Task.Run(() => ConnectorFolder.LoadAsync(settings, limit.Token), limit.Token).GetAwaiter().GetResult();
        return snapshot.Tools.Tools.Select(tool => (tool.Name, (string?)UntrustedText.Clean(tool.Tool.Description)));
    }
}
