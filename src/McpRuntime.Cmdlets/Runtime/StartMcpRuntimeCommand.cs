using System.Management.Automation;
using McpRuntime.Cmdlets.Connectors;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Stdio.Serving;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>Start-McpRuntime: starts an MCP server with the tools of the connectors.</summary>
/// <remarks>
/// <para>Without -Wait the server is a background job: the command returns when the server answers, and Get-, Receive-,
/// Wait-, Stop- and Remove-Job work with it. Its log arrives in the job's streams. It ends with this session.</para>
/// <para>With -Wait this pwsh is itself the server, on its standard input and output, until the client closes them.
/// That is what an entry of Register-McpClient starts; about_McpStdio says what such a command line may do.</para>
/// <para>Credentials come from the vaults where Set-McpCredential has put them, then from credential files and
/// environment variables. New ones are used without a restart.</para>
/// </remarks>
/// <example>
/// <code>
/// $server = Start-McpRuntime -Transport Stdio -ReadOnly
/// Receive-Job $server
/// Stop-McpRuntime $server
/// </code>
/// Starts a server that only reads, shows its log and ends it.
/// </example>
/// <example>
/// <code>
/// pwsh -NoProfile -NonInteractive -Command "Import-Module McpRuntime; Start-McpRuntime -Transport Stdio -Wait"
/// </code>
/// What an MCP client runs.
/// </example>
[Cmdlet(VerbsLifecycle.Start, "McpRuntime", SupportsShouldProcess = true)]
[OutputType(typeof(McpRuntimeJob))]
public sealed class StartMcpRuntimeCommand : McpConnectorCommand
{
    /// <summary>How clients reach the server.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public McpTransport Transport { get; set; }

    /// <summary>Name of the job.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Names of the tools to serve, with wildcards; all of them without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Tool { get; set; } = [];

    /// <summary>Serve only tools that read.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Follow changes of the connectors folder; without it, MCP_RUNTIME_HOT_RELOAD says so.</summary>
    [Parameter]
    public SwitchParameter HotReload { get; set; }

    /// <summary>Be the server in this process, until the client closes standard input.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void ProcessRecord()
    {
        if (Transport == McpTransport.Http)
        {
            throw Terminate(
                "This version serves over standard input and output only: use -Transport Stdio.",
                ErrorId.TransportNotSupported, ErrorCategory.NotImplemented, Transport);
        }
        if (Wait)
            Serve();
        else if (ShouldProcess("MCP server (stdio)", "Start"))
            StartJob();
    }

    private void Serve()
    {
        // Nothing may be written before the server has taken standard output.
        if (!StdioServer.CanServe)
        {
            throw Terminate(
                "A stdio server talks to the program that starts it, but standard input is this terminal. Let a client start it (Register-McpClient), or leave -Wait out for a background job.",
                ErrorId.StdioRequiresRedirectedInput, ErrorCategory.InvalidOperation, null);
        }
        var settings = Chosen(Settings());
        using var scripts = new ServerScripts();
        using var vault = new VaultCredentialSource(new SecretVault(scripts), new SecretRecordStore(settings.DataFolder));
        IReadOnlyList<ICredentialSource> sources = [vault, .. CredentialSources.For(settings)];
        Await(cancellationToken => StdioServer.RunAsync(settings, new ToolFilter(Tool, ReadOnly), sources, cancellationToken));
    }

    private void StartJob()
    {
        var settings = Chosen(Settings());
        var snapshot = LoadConnectors(settings);
        LaunchCommand launch;
        try
        {
            launch = LaunchCommand.For(
                LaunchCommand.CurrentExecutable((string)SessionState.PSVariable.GetValue("PSHOME")),
                Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "McpRuntime.psd1"),
                new LaunchOptions { ConnectorPath = settings.ConnectorsFolder, HotReload = HotReload, ReadOnly = ReadOnly, Tools = Tool });
        }
        catch (McpRuntimeException exception)
        {
            throw Terminate(exception, ErrorId.PathNotUsable, ErrorCategory.InvalidArgument, settings.ConnectorsFolder);
        }
        var connectors = snapshot.Connectors.Select(connector => connector.Manifest.Name);
        var job = new McpRuntimeJob(Name ?? "McpRuntime", launch.Arguments[^1], Transport, [.. connectors]);
        try
        {
            Await(cancellationToken => job.StartAsync(launch, cancellationToken));
        }
        catch (McpRuntimeException exception)
        {
            job.Dispose();
            throw Terminate(exception, ErrorId.RuntimeStartFailed, ErrorCategory.ResourceUnavailable, Transport);
        }
        catch (PipelineStoppedException)
        {
            job.Dispose();
            throw;
        }
        JobRepository.Add(job);
        WriteObject(job);
    }

    private RuntimeSettings Chosen(RuntimeSettings settings) => HotReload ? settings with { HotReload = true } : settings;
}
