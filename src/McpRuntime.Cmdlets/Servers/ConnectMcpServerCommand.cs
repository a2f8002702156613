using System.Management.Automation;
using System.Security;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>Connect-McpServer: opens a session with any MCP server.</summary>
/// <remarks>
/// <para>The server is a program that uses MCP on its standard input and output (-Command), or is at a URL and uses
/// Streamable HTTP (-Uri). Get-McpTool and Invoke-McpTool take the session with -Server.</para>
/// <para>The session ends with Disconnect-McpServer, when the module is removed, and when PowerShell exits; a program
/// that was started for it ends, too. Such a program gets none of your credentials, neither from vaults nor in
/// environment variables.</para>
/// <para>A gateway that this PowerShell session has started with Start-McpRuntime gets its token automatically.</para>
/// </remarks>
/// <example>
/// <code>
/// $files = Connect-McpServer -Command npx -CommandArgument '-y', '@modelcontextprotocol/server-filesystem', $PWD
/// Invoke-McpTool list_directory -Server $files -path .
/// Disconnect-McpServer $files
/// </code>
/// Starts an MCP server, calls one of its tools and ends it.
/// </example>
/// <example>
/// <code>
/// $server = Connect-McpServer -Uri https://mcp.example.com/mcp -BearerToken (Read-Host -AsSecureString)
/// Get-McpTool -Server $server
/// </code>
/// Lists the tools of a server at a URL that needs a token.
/// </example>
/// <example>
/// <code>
/// Connect-McpServer -Command ./server -WhatIf
/// </code>
/// Shows which program would be started.
/// </example>
[Cmdlet(VerbsCommunications.Connect, "McpServer", SupportsShouldProcess = true, DefaultParameterSetName = UriSet)]
[OutputType(typeof(McpServer))]
public sealed class ConnectMcpServerCommand : McpCmdlet
{
    private const string UriSet = "Uri";
    private const string CommandSet = "Command";

    /// <summary>URL of an MCP server with Streamable HTTP.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UriSet)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>
    /// Token for the server, sent over HTTPS or to this machine; a gateway of this session needs none.
    /// </summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    public SecureString? BearerToken { get; set; }

    /// <summary>Program that uses MCP on its standard input and output; it runs until the session ends.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CommandSet)]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>The program's arguments, passed unchanged, without a shell.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public string[] CommandArgument { get; set; } = [];

    /// <summary>Name of the session. Default: the server's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            if ((ParameterSetName == CommandSet ? Launch() : Connect()) is { } server)
            {
                ModuleSession.Of(this).Add(server);
                WriteObject(server);
            }
        }
        catch (Exception exception) when (ConnectionFault.Is(exception) || exception is OperationCanceledException)
        {
            throw Terminate(
                ConnectionFault.AsError(exception),
                ErrorId.ServerNotReachable,
                ErrorCategory.ConnectionError,
                Uri?.ToString() ?? Command
            );
        }
    }

    private McpServer? Connect()
    {
        if (!Uri!.IsAbsoluteUri || Uri.Scheme is not ("http" or "https"))
            throw new McpRuntimeException(
                $"'{Uri}' is not an absolute http or https URL. Give one such as https://mcp.example.com/mcp."
            );
        var options = new HttpClientTransportOptions { Endpoint = Uri };
        if ((BearerToken ?? TokenOfOwnGateway()) is { } secure)
        {
            if (!Origin.Of(Uri).MayCarryCredentials)
                throw new McpRuntimeException(
                    $"The token was not sent: {Uri} is plain HTTP, which anyone on the network can read. Use https."
                );
            using var token = secure.ToSecret();
            options.AdditionalHeaders = new Dictionary<string, string>
            {
                ["Authorization"] = $"Bearer {token.Reveal()}",
            };
        }
        if (!Confirm(UntrustedText.ForTerminal(Uri.ToString()), "Connect to MCP server"))
            return null;
        var transport = new HttpClientTransport(
            options,
            TrustingHttp.Create(ReadSettings().ExtraRoots),
            NullLoggerFactory.Instance,
            ownsHttpClient: true
        );
        using var bar = new ProgressBar(this, "Connecting to an MCP server");
        bar.Report(UntrustedText.ForTerminal(Uri.ToString()));
        var client = bar.Await(cancellationToken =>
            McpClient.CreateAsync(transport, ServerSession.Options(), NullLoggerFactory.Instance, cancellationToken)
        );
        return new McpServer(ModuleSession.Of(this).NextId(), Name, client, Uri);
    }

    // By origin, not by path: the gateway serves connectors and projects at further paths, with the same token.
    private SecureString? TokenOfOwnGateway() =>
        JobRepository
            .Jobs.OfType<McpRuntimeJob>()
            .FirstOrDefault(job =>
                job is { Endpoint: not null, JobStateInfo.State: JobState.Running }
                && Origin.Of(job.Endpoint) == Origin.Of(Uri!)
            )
            ?.Token;

    private McpServer? Launch()
    {
        var program = InvokeCommand.GetCommand(Command, CommandTypes.Application) is ApplicationInfo found
            ? found.Path
            : throw new McpRuntimeException(
                $"Program '{Command}' not found. Give its path, or a name that is on the PATH."
            );
        if (!Confirm(UntrustedText.ForTerminal(string.Join(' ', [program, .. CommandArgument])), "Start MCP server"))
            return null;
        // Someone else's program has no business with the credentials of the connectors.
        var log = new ServerLog { Server = Name ?? Path.GetFileNameWithoutExtension(program) };
        var process = ChildProcess.Start(program, CommandArgument, log.Add, SecretVariables.Remove);
        _ = process.Ended.ContinueWith(_ => log.End(), TaskScheduler.Default);
        using var bar = new ProgressBar(this, $"Starting {UntrustedText.ForTerminal(program)}");
        bar.Report($"Waiting for process {process.Id} to answer");
        try
        {
            var client = bar.Await(cancellationToken =>
                ServerSession.OpenAsync(process.Input, process.Output, process.Ended, isOwn: false, cancellationToken)
            );
            return new McpServer(ModuleSession.Of(this).NextId(), Name, client, process, program, log);
        }
        catch (Exception exception)
        {
            // Ctrl+C does not wait for a program that says goodbye slowly.
            if (StoppingToken.IsCancellationRequested)
                process.Stop(TimeSpan.FromSeconds(0.2));
            process.Dispose();
            // Either end may be noticed first, of the process or of the connection; what the program said explains
            // both.
            if (ConnectionFault.Is(exception) && process.LastLines() is { Length: > 0 } lines)
                throw new McpRuntimeException(
                    $"{ConnectionFault.Explain(exception)} The program's last output: "
                        + $"{UntrustedText.ForTerminal(lines, keepLines: true)}",
                    exception
                );
            throw;
        }
    }
}
