using System.Management.Automation;
using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Server;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Completes from tools: of a running server that the line names, else of this session.</summary>
public abstract class ToolCompleter : McpCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The tools; of a connector alone where the line names it.</summary>
    private protected static IEnumerable<McpTool> Tools(CompletionLine line)
    {
        using var limit = new CancellationTokenSource(Patience);
        var tools =
            Named(line, "Runtime") is McpRuntimeJob runtime
                ? Of(new ToolLocation(null, runtime, null), ListAsync(runtime, limit.Token))
            : Named(line, "Server") is McpServer server
                ? Of(new ToolLocation(server, null, null), ListAsync(server, limit.Token))
            : OfSession(line, limit.Token);
        return Bound(line.Bound, "Connector") is { } connector ? tools.Where(tool => tool.IsOf(connector)) : tools;
    }

    private static IEnumerable<McpTool> OfSession(CompletionLine line, CancellationToken cancellationToken)
    {
        var settings = ModuleOptions.Settings(Bound(line.Bound, "ConnectorPath"));
        var snapshot = SessionConnectors.Current.LoadWithin(settings, cancellationToken);
        var location = new ToolLocation(null, null, settings.ConnectorsFolder);
        return
        [
            .. ServedTools.BuiltIns(settings).Select(tool => new McpTool(tool, location)),
            .. snapshot.Tools.Tools.Select(tool => new McpTool(tool, location)),
        ];
    }

    private static IEnumerable<McpTool> Of(ToolLocation location, Task<IList<McpClientTool>> list) =>
        [.. list.GetAwaiter().GetResult().Select(tool => new McpTool(tool.ProtocolTool, location))];

    private static Task<IList<McpClientTool>> ListAsync(McpServer server, CancellationToken cancellationToken) =>
        Task.Run(() => server.Client.ListToolsAsync(cancellationToken: cancellationToken).AsTask(), cancellationToken);

    private static Task<IList<McpClientTool>> ListAsync(McpRuntimeJob runtime, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                await using var session = await runtime.ConnectAsync(cancellationToken);
                return await session.Client.ListToolsAsync(cancellationToken: cancellationToken);
            },
            cancellationToken
        );

    // PowerShell gives the value of a variable, and nothing for an expression.
    private static object? Named(CompletionLine line, string parameter)
    {
        if (line.Bound[parameter] is { } value)
            return value is PSObject wrapped ? wrapped.BaseObject : value;
        var elements = line.Command?.CommandElements ?? [];
        for (var i = 0; i + 1 < elements.Count; i++)
        {
            if (
                elements[i] is CommandParameterAst { Argument: null } ast
                && ast.ParameterName.Equals(parameter, StringComparison.OrdinalIgnoreCase)
            )
                return SessionObjectExpression.Evaluate(elements[i + 1].Extent.Text);
        }
        return null;
    }
}
