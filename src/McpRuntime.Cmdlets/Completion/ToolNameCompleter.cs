using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using ModelContextProtocol.Client;

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
            return Task.Run(() => ToolsAsync(runtime, limit.Token), limit.Token).GetAwaiter().GetResult()
                .Select(tool => (tool.Name, (string?)UntrustedText.Clean(tool.Description)));
        }
        var settings = SettingsReader.Read(new SettingOverrides { ConnectorsFolder = Bound(bound, "ConnectorPath") });
        var snapshot = Task.Run(() => ConnectorFolder.LoadAsync(settings, limit.Token), limit.Token).GetAwaiter().GetResult();
        return snapshot.Tools.Tools.Select(tool => (tool.Name, (string?)UntrustedText.Clean(tool.Tool.Description)));
    }

    private static async Task<IList<McpClientTool>> ToolsAsync(McpRuntimeJob runtime, CancellationToken cancellationToken)
    {
        await using var session = await runtime.ConnectAsync(cancellationToken);
        return await session.Client.ListToolsAsync(cancellationToken: cancellationToken);
    }
}
