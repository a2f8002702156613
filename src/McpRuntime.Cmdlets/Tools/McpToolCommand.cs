using System.Management.Automation;
using System.Security;
using McpRuntime.Cmdlets.Connectors;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Network;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A cmdlet that works with tools, wherever they are.</summary>
public abstract class McpToolCommand : McpConnectorCommand
{
    private protected const string ConnectorSet = "Connector";
    private protected const string RuntimeSet = "Runtime";
    private protected const string UriSet = "Uri";
    private protected const string CommandSet = "Command";

    private IToolTarget? _target;

    /// <summary>A running server of Start-McpRuntime.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RuntimeSet)]
    [ValidateNotNull]
    public McpRuntimeJob? Runtime { get; set; }

    /// <summary>URL of any MCP server that speaks Streamable HTTP.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>Token for the server at -Uri, such as the Token of a job of Start-McpRuntime; sent over https, or to this machine.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    public SecureString? BearerToken { get; set; }

    /// <summary>Program that is an MCP server on its standard input and output; it runs while the command does.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CommandSet)]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>The program's arguments.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public string[] CommandArgument { get; set; } = [];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _target?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The tools that the parameters mean; a server that cannot be reached ends the command.</summary>
    private protected IToolTarget Target() => _target ??= ParameterSetName switch
    {
        RuntimeSet => Open(Join),
        UriSet => Open(Connect),
        CommandSet => Open(Launch),
        _ => Local(),
    };

    private LocalTools Local()
    {
        var settings = Settings();
        return new LocalTools(this, settings, LoadConnectors(settings));
    }

    private RemoteTools Open(Func<RemoteTools> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (IsConnectionFault(exception) || exception is OperationCanceledException)
        {
            throw Terminate(
                exception as McpRuntimeException ?? new McpRuntimeException(Explain(exception), exception),
                ErrorId.RuntimeNotReachable, ErrorCategory.ConnectionError, (object?)Runtime ?? Uri?.ToString() ?? Command);
        }
    }

    private protected RemoteTools Join()
    {
        var session = Await(Runtime!.ConnectAsync);
        return new RemoteTools(this, session.Client, () => Close(session));
    }

    private RemoteTools Connect()
    {
        var options = new HttpClientTransportOptions { Endpoint = Uri! };
        if (BearerToken is not null)
        {
            if (!Origin.Of(Uri!).MayCarryCredentials)
                throw new McpRuntimeException($"The token would travel over plain http to {Uri}, readable for everyone on the way. Use https.");
            using var token = BearerToken.ToSecret();
            options.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token.Reveal()}" };
        }
        var transport = new HttpClientTransport(options, NullLoggerFactory.Instance);
        var client = Await(cancellationToken => McpClient.CreateAsync(transport, ServerSession.Options(), NullLoggerFactory.Instance, cancellationToken));
        return new RemoteTools(this, client, () => Close(client));
    }

    private RemoteTools Launch()
    {
        var program = InvokeCommand.GetCommand(Command, CommandTypes.Application) is ApplicationInfo found
            ? found.Path
            : throw new McpRuntimeException($"There is no program '{Command}'. Give its path, or a name that is on the PATH.");
        // Somebody else's program has no business with the credentials of the connectors.
        var process = ChildProcess.Start(program, CommandArgument, _ => { }, SecretVariables.Remove);
        try
        {
            var client = Await(cancellationToken => ServerSession.OpenAsync(process.Input, process.Output, process.Ended, isOwn: false, cancellationToken));
            return new RemoteTools(this, client, () =>
            {
                End(process);
                Close(client);
            });
        }
        catch (Exception exception)
        {
            End(process);
            // Whichever notices the end first, the process or the connection to it: what the program said explains it.
            if (IsConnectionFault(exception) && process.LastLines() is { Length: > 0 } lines)
                throw new McpRuntimeException($"{Explain(exception)} It said: {Diagnostics.UntrustedText.ForTerminal(lines, keepLines: true)}", exception);
            throw;
        }
    }

    // Who has pressed Ctrl+C waits for nobody's farewell.
    private void End(ChildProcess process)
    {
        if (StoppingToken.IsCancellationRequested)
            process.Stop(TimeSpan.FromSeconds(0.2));
        process.Dispose();
    }

    private static bool IsConnectionFault(Exception exception) =>
        exception is McpRuntimeException or ModelContextProtocol.McpException or HttpRequestException or IOException or InvalidOperationException;

    private static string Explain(Exception exception) =>
        exception is McpRuntimeException ? exception.Message : $"The MCP server cannot be reached: {exception.Message}";

    private static void Close(IAsyncDisposable session) => session.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(2));
}
