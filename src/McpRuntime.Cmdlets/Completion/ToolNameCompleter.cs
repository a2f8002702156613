using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Connectors;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Diagnostics;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Names of tools: of a running server that the line names, else of the connectors folder.</summary>
public sealed class ToolNameCompleter : McpCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        using var limit = new CancellationTokenSource(Patience);
        if (Plain(bound["Runtime"]) is McpRuntimeJob runtime)
            return Named(Task.Run(() => ToolsAsync(runtime, limit.Token), limit.Token).GetAwaiter().GetResult());
        if (Plain(bound["Server"]) is McpServer server)
            return Named(Task.Run(() => server.Client.ListToolsAsync(cancellationToken: limit.Token).AsTask(), limit.Token).GetAwaiter().GetResult());
        var settings = ModuleOptions.Settings(Bound(bound, "ConnectorPath"));
        var connectors = SessionConnectors.Current;
        var snapshot = Task.Run(() => connectors.Load(settings), limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult();
        return snapshot.Tools.Tools.Select(tool => (tool.Name, (string?)UntrustedText.Clean(tool.Tool.Description)));
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static IEnumerable<(string, string?)> Named(IList<McpClientTool> tools) =>
        tools.Select(tool => (tool.Name, (string?)UntrustedText.Clean(tool.Description)));

    private static async Task<IList<McpClientTool>> ToolsAsync(McpRuntimeJob runtime, CancellationToken cancellationToken)
    {
        await using var session = await runtime.ConnectAsync(cancellationToken);
        return await session.Client.ListToolsAsync(cancellationToken: cancellationToken);
    }
}
