using System.Management.Automation;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using McpRuntime.Approvals;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Parent;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>
/// The gateway as a child of this session, which has its credentials and answers when it asks for one.
/// </summary>
internal sealed class GatewayProcess : IServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(4);

    private readonly GatewayOptions _options;
    private readonly RunspaceScripts _scripts = new(new SilentHost());
    private readonly VaultCredentialSource _vault;
    private readonly ParentAnswers _answers;
    private readonly Task<GatewayGreeting> _greeting;

    private GatewayProcess(ChildProcess process, GatewayOptions options)
    {
        Process = process;
        _options = options;
        _vault = new VaultCredentialSource(new SecretVault(_scripts), options.Settings);
        var addresses = new ConnectorAddresses(options.Settings, new ApprovalStore(options.Settings.DataFolder));
        _answers = new ParentAnswers([new FreshVaultSource(_vault)], process.Input, addresses.For);
        var greeting = new TaskCompletionSource<GatewayGreeting>(TaskCreationOptions.RunContinuationsAsynchronously);
        _greeting = greeting.Task;
        _ = Task.Run(() => ListenAsync(greeting));
    }

    public ChildProcess Process { get; }

    /// <summary>Where MCP clients connect; known when the gateway is ready.</summary>
    public Uri Endpoint =>
        new(
            _greeting.Result.Url,
            _options.Project is { } project ? $"projects/{Uri.EscapeDataString(project)}/mcp" : "mcp"
        );

    /// <summary>The token that manages the gateway, valid until it stops; known when the gateway is ready.</summary>
    public SecureString Token => _greeting.Result.Token;

    /// <param name="dotnet">Full path of dotnet.</param>
    /// <param name="assembly">Full path of the gateway.</param>
    /// <param name="options">What it serves.</param>
    /// <param name="onLine">Gets each line of its log.</param>
    /// <exception cref="McpRuntimeException">It cannot be started.</exception>
    public static GatewayProcess Start(string dotnet, string assembly, GatewayOptions options, Action<string> onLine) =>
        new(ChildProcess.Start(dotnet, options.Arguments(assembly), onLine, options.Apply), options);

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var first = await Task.WhenAny(_greeting, Process.Ended).WaitAsync(Patience, cancellationToken);
            if (first == Process.Ended && !_greeting.IsCompletedSuccessfully)
                throw Explain();
            await _greeting;
        }
        catch (TimeoutException)
        {
            throw new McpRuntimeException($"The gateway did not listen within {Patience.TotalSeconds:0} s.");
        }
        if (_options.Project is { } project && !await HasProjectAsync(project, cancellationToken))
            throw new GatewayStartException(
                ErrorId.ProjectNotFound,
                ErrorCategory.ObjectNotFound,
                $"The gateway has no project '{project}'. Start it without -Project and create one with a "
                    + $"POST to /v1/projects."
            );
        // That it listens is its word; that it answers is seen.
        await using var session = await ConnectAsync(cancellationToken);
    }

    public async Task<ServerClient> ConnectAsync(CancellationToken cancellationToken)
    {
        using var token = Token.ToSecret();
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = Endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token.Reveal()}" },
            },
            NullLoggerFactory.Instance
        );
        return new ServerClient(
            await McpClient.CreateAsync(
                transport,
                ServerSession.Options(ServerSession.Newest),
                NullLoggerFactory.Instance,
                cancellationToken
            ),
            IsShared: false
        );
    }

    public void Dispose()
    {
        Process.Stop(EndPatience);
        Process.Dispose();
        _answers.Dispose();
        _vault.Dispose();
        _scripts.Dispose();
    }

    private async Task<bool> HasProjectAsync(string project, CancellationToken cancellationToken)
    {
        using var token = Token.ToSecret();
        // Asks the gateway that this process started, on loopback.
#pragma warning disable RS0030
        using var http = new HttpClient
#pragma warning restore RS0030
        {
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal()) },
        };
        using var answer = await http.GetAsync(
            new Uri(_greeting.Result.Url, $"v1/projects/{Uri.EscapeDataString(project)}"),
            cancellationToken
        );
        return answer.StatusCode != HttpStatusCode.NotFound;
    }

    private McpRuntimeException Explain()
    {
        const string Taken = "address already in use";
        var line = Process.LastLines().Split(Environment.NewLine)[^1];
        return line.Contains(Taken, StringComparison.OrdinalIgnoreCase)
            ? new GatewayStartException(
                ErrorId.PortInUse,
                ErrorCategory.ResourceExists,
                $"The port is in use: {line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]} Choose "
                    + $"another with -Port, or -Port 0 for any free one."
            )
            : new McpRuntimeException("The gateway ended before it listened.");
    }

    private async Task ListenAsync(TaskCompletionSource<GatewayGreeting> greeting)
    {
        try
        {
            using var lines = new StreamReader(Process.Output);
            while (await lines.ReadLineAsync() is { } line)
            {
                if (!greeting.Task.IsCompleted && GatewayGreeting.TryRead(line) is { } said)
                    greeting.TrySetResult(said);
                else
                    _ = AnswerAsync(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The gateway is gone; anyone who waits for it sees its end.
        }
    }

    // A vault may take its time; other questions are answered meanwhile.
    private async Task AnswerAsync(string line)
    {
        try
        {
            await _answers.TryAnswerAsync(line, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The gateway ended meanwhile and needs no answer.
        }
    }
}
