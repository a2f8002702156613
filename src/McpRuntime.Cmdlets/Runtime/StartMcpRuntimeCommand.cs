using System.Management.Automation;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Runtime.Gateway;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Stdio.Serving;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>Start-McpRuntime: starts an MCP server with the tools of the connectors.</summary>
/// <remarks>
/// <para>The server is a background job: the command returns when the server answers, and Get-, Receive-, Wait-, Stop-
/// and Remove-Job work with it. Its log is the job's output, and Get-McpLog shows it. It ends with this session.</para>
/// <para>With -Transport Stdio the server has one client, which is this session. With -Wait this pwsh is itself the
/// server, on its standard input and output, until the client closes them. That is what an entry of Register-McpClient
/// starts; about_McpStdio has the rules for such a command line.</para>
/// <para>With -Transport Http the server is the gateway, for any number of clients: the job's Endpoint is where they
/// connect, and its Token manages the gateway. It needs the ASP.NET Core 10 runtime.</para>
/// <para>Credentials come from the vaults where Set-McpCredential stored them, then from credential files and, over
/// stdio, environment variables. New ones are used without a restart. The gateway asks this session for those of
/// vaults; a locked vault is unlocked here, with Unlock-SecretVault.</para>
/// </remarks>
/// <example>
/// <code>
/// $server = Start-McpRuntime -Transport Stdio -ReadOnly
/// Receive-Job $server
/// Stop-McpRuntime $server
/// </code>
/// Starts a read-only server, shows its log and ends it.
/// </example>
/// <example>
/// <code>
/// $gateway = Start-McpRuntime -Transport Http -Port 0
/// $gateway.Endpoint
/// Get-McpTool -Runtime $gateway
/// Stop-McpRuntime $gateway
/// </code>
/// Starts the gateway on any free port, shows where clients connect, and lists its tools.
/// </example>
/// <example>
/// <code>
/// $gateway = Start-McpRuntime -Transport Http -Port 0
/// $bearer = @{ Authentication = 'Bearer'; Token = $gateway.Token; AllowUnencryptedAuthentication = $true }
/// Invoke-RestMethod ([uri]::new($gateway.Endpoint, '/v1/runtime')) @bearer
/// </code>
/// Manages the gateway with the token of its job. Loopback needs no encryption.
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

    /// <summary>Names of the tools to serve over stdio, with wildcards. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServedToolCompleter))]
    public string[] Tool { get; set; } = [];

    /// <summary>Serves only read-only tools, over stdio; a gateway has roles for that.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>
    /// What clients see over stdio: all tools, tools that search and call them, or what fits their number. Default:
    /// MCP_RUNTIME_EXPOSE, else Auto.
    /// </summary>
    [Parameter]
    public ToolExposure Expose { get; set; }

    /// <summary>
    /// Which of several accounts calls use: the name of a profile for all connectors, or box=work,github=me. Default:
    /// MCP_RUNTIME_PROFILE, else that of each manifest.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileChoiceCompleter))]
    public string? Profile { get; set; }

    /// <summary>Reloads connectors when their files change. Default: MCP_RUNTIME_HOT_RELOAD.</summary>
    [Parameter]
    public SwitchParameter HotReload { get; set; }

    /// <summary>Runs the stdio server in this process, until the client closes standard input.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Port of the gateway, 0 for any free port. Default: MCP_RUNTIME_PORT or 8000.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int? Port { get; set; }

    /// <summary>IP address that the gateway listens on. Default: MCP_RUNTIME_HOST or 127.0.0.1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ListenAddress { get; set; }

    /// <summary>Project of the gateway whose tools the endpoint serves. Default: the connectors folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    protected override void ProcessRecord()
    {
        CheckTransport();
        if (Wait && IsWhatIf())
            Confirm("MCP server (stdio)", "Serve in this process");
        else if (Wait)
            Serve();
        else if (Transport == McpTransport.Http && Confirm("MCP server (http)", "Start"))
            StartGateway();
        else if (Transport == McpTransport.Stdio && Confirm("MCP server (stdio)", "Start"))
            StartStdio();
    }

    private void CheckTransport()
    {
        string[] other =
            Transport == McpTransport.Http
                ? [nameof(Tool), nameof(ReadOnly), nameof(Expose), nameof(Wait)]
                : [nameof(Port), nameof(ListenAddress), nameof(Project)];
        foreach (var name in other.Where(MyInvocation.BoundParameters.ContainsKey))
        {
            var way = name switch
            {
                nameof(Wait) => "Omit it: Wait-Job waits for the job.",
                nameof(Tool) or nameof(ReadOnly) => "Use roles of the gateway instead.",
                nameof(Expose) => "Clients of a gateway choose by the URL: /mcp?expose=search.",
                _ => "A stdio server has no port.",
            };
            throw Terminate(
                $"-{name} cannot be combined with -Transport {Transport}. {way}",
                ErrorId.ArgumentInvalid,
                ErrorCategory.InvalidArgument,
                name
            );
        }
    }

    private void Serve()
    {
        // Nothing may be written before the server has taken standard output.
        if (!StdioServer.CanServe)
        {
            throw Terminate(
                "A stdio server communicates with the program that starts it, but standard input is this "
                    + "terminal. Let a client start it (Register-McpClient), or omit -Wait for a background job.",
                ErrorId.StdioRequiresRedirectedInput,
                ErrorCategory.InvalidOperation,
                null
            );
        }
        var settings = Chosen(Settings());
        using var scripts = new RunspaceScripts(new SilentHost());
        using var vault = new VaultCredentialSource(new SecretVault(scripts), settings);
        IReadOnlyList<ICredentialSource> sources = [vault, .. CredentialSources.For(settings)];
        Await(cancellationToken =>
            StdioServer.RunAsync(
                settings,
                new ToolFilter(Tool, ReadOnly) { IgnoreCase = true },
                [],
                sources,
                cancellationToken
            )
        );
    }

    private void StartStdio()
    {
        var settings = Chosen(Settings());
        LaunchCommand launch;
        try
        {
            launch = LaunchCommand.For(
                PowerShellProgram.ForChild((string)SessionState.PSVariable.GetValue("PSHOME"), Environment.ProcessPath),
                Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "McpRuntime.psd1"),
                expands: null,
                new LaunchOptions
                {
                    ConnectorPath = settings.ConnectorsFolder,
                    HotReload = HotReload,
                    ReadOnly = ReadOnly,
                    Expose = ChosenExposure,
                    Profile = Profile,
                    Tools = Tool,
                }
            );
        }
        catch (McpRuntimeException exception)
        {
            throw Terminate(exception, ErrorId.PathNotUsable, ErrorCategory.InvalidArgument, settings.ConnectorsFolder);
        }
        Start(settings, launch.Arguments[^1], onLine => StdioServerProcess.Start(launch, onLine));
    }

    private void StartGateway()
    {
        var settings = Chosen(Settings());
        var assembly = Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "gateway", "mcp-runtime-http.dll");
        if (!File.Exists(assembly))
            throw Terminate(
                $"The module is incomplete: '{assembly}' is missing. Install the module again.",
                ErrorId.RuntimeStartFailed,
                ErrorCategory.ObjectNotFound,
                assembly
            );
        if (SecretVariables.Names() is { Count: > 0 } names)
            WriteWarning(
                $"The gateway does not get {string.Join(", ", names)}: it takes no secrets from environment "
                    + $"variables. Store credentials with Set-McpCredential or in files; instead of JWTs, "
                    + $"clients use the job's Token or API tokens."
            );
        var options = new GatewayOptions
        {
            Settings = settings,
            Port = Port,
            ListenAddress = ListenAddress,
            Project = Project,
        };
        string dotnet;
        try
        {
            dotnet = DotnetHost.Find(Environment.GetEnvironmentVariable);
        }
        catch (GatewayStartException exception)
        {
            throw Terminate(exception, exception.Id, exception.Category, Transport);
        }
        Start(settings, $"{dotnet} {string.Join(' ', options.Arguments(assembly))}", onLine =>
            GatewayProcess.Start(dotnet, assembly, options, onLine)
        );
    }

    private void Start(RuntimeSettings settings, string command, Func<Action<string>, IServer> start)
    {
        var connectors = Project is null
            ? LoadConnectors(settings).Connectors.Select(connector => connector.Manifest.Name)
            : [];
        var job = new McpRuntimeJob(Name ?? "McpRuntime", command, Transport, [.. connectors]);
        WriteVerbose(command);
        using var bar = new ProgressBar(this, $"Starting MCP server '{job.Name}'");
        bar.Report($"Waiting for the {Transport.ToString().ToLowerInvariant()} server to answer");
        try
        {
            bar.Await<object?>(async cancellationToken =>
            {
                await job.StartAsync(start, cancellationToken);
                return null;
            });
        }
        catch (GatewayStartException exception)
        {
            job.Dispose();
            throw Terminate(exception, exception.Id, exception.Category, Transport);
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
        ModuleSession.Of(this).Add(job);
        WriteObject(job);
    }

    private RuntimeSettings Chosen(RuntimeSettings settings) =>
        settings with
        {
            HotReload = HotReload || settings.HotReload,
            Expose = ChosenExposure ?? settings.Expose,
            Profiles = ProfileName.Choice(this, Profile) ?? settings.Profiles,
        };

    private ToolExposure? ChosenExposure => MyInvocation.BoundParameters.ContainsKey(nameof(Expose)) ? Expose : null;
}
