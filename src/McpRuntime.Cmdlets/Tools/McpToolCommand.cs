using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A cmdlet that works with tools, wherever they are.</summary>
public abstract class McpToolCommand : McpConnectorCommand
{
    private protected const string ConnectorSet = "Connector";
    private protected const string RuntimeSet = "Runtime";
    private protected const string ServerSet = "Server";

    private readonly Dictionary<ToolLocation, IToolTarget> _targets = [];
    private readonly Dictionary<IToolTarget, IToolTarget> _adopted = [];

    /// <summary>A running server of Start-McpRuntime.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RuntimeSet)]
    [ValidateNotNull]
    [SessionObject("Give a server of Start-McpRuntime: (Get-McpRuntime NAME).")]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public McpRuntimeJob? Runtime { get; set; }

    /// <summary>A session with an MCP server, from Connect-McpServer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    [SessionObject("Give a session of Connect-McpServer: (Get-McpServer NAME).")]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public McpServer? Server { get; set; }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var target in _targets.Values.Union(_adopted.Values))
                target.Dispose();
            _targets.Clear();
            _adopted.Clear();
        }
        base.Dispose(disposing);
    }

    /// <summary>The tools that the parameters mean; a server that cannot be reached ends the command.</summary>
    private protected IToolTarget Target() => TargetAt(Given);

    /// <summary>The tools at the location of one of them, which the parameters overrule.</summary>
    private protected IToolTarget TargetOf(McpTool tool) =>
        TargetAt(Given == new ToolLocation(null, null, null) && tool.Location is { } location ? location : Given);

    /// <summary>The tools of another command, for this one.</summary>
    private protected IToolTarget Adopt(IToolTarget other)
    {
        if (!_adopted.TryGetValue(other, out var target))
            _adopted[other] = target = other.For(this);
        return target;
    }

    private ToolLocation Given => new(Server, Runtime, ConnectorPath);

    /// <summary>The tools at a location; a server that cannot be reached ends the command.</summary>
    internal IToolTarget TargetAt(ToolLocation location)
    {
        if (!_targets.TryGetValue(location, out var target))
            _targets[location] = target = Open(location);
        return target;
    }

    private IToolTarget Open(ToolLocation location)
    {
        try
        {
            if (location.Server is { } server)
                return new RemoteTools(
                    this,
                    location,
                    server.Client,
                    exception => Unreachable(location, exception),
                    () => { }
                );
            if (location.Runtime is { } runtime)
            {
                var session = Await(runtime.ConnectAsync);
                return new RemoteTools(
                    this,
                    location,
                    session.Client,
                    exception => Unreachable(location, exception),
                    () => session.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(2))
                );
            }
        }
        catch (Exception exception) when (ConnectionFault.Is(exception) || exception is OperationCanceledException)
        {
            throw Unreachable(location, exception);
        }
        var settings =
            location.ConnectorsFolder == ConnectorPath ? Settings() : ReadSettings(location.ConnectorsFolder);
        return new WithBuiltIns(new LocalTools(this, settings, LoadConnectors(settings)), settings);
    }

    private Exception Unreachable(ToolLocation location, Exception exception) =>
        Terminate(
            location.Server?.Explain(exception) ?? ConnectionFault.AsError(exception),
            location.Server is null ? ErrorId.RuntimeNotReachable : ErrorId.ServerNotReachable,
            ErrorCategory.ConnectionError,
            (object?)location.Server ?? location.Runtime
        );
}
