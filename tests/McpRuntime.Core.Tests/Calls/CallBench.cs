using System.Net;
using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Options;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Request;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Tests.Calls;

/// <summary>A caller, a loopback API that keeps the bytes it got, and a tool between them.</summary>
internal sealed class CallBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GuardedHttp _http;
    private readonly Dictionary<string, string> _environment = [];
    private readonly ToolCaller _caller;

    /// <param name="upstream">The API; disposed with the bench.</param>
    /// <param name="settings">Those that let loopback be called by default.</param>
    /// <param name="logger">None by default.</param>
    /// <param name="time">The system's clock by default.</param>
    /// <param name="http">The system's resolver and no proxy by default; disposed with the bench.</param>
    /// <param name="source">Where credentials are kept, in the place of variables and files.</param>
    /// <param name="sink">None by default.</param>
    public CallBench(
        RecordingUpstream upstream,
        RuntimeSettings? settings = null,
        ILogger<ToolCaller>? logger = null,
        TimeProvider? time = null,
        GuardedHttp? http = null,
        ICredentialSource? source = null,
        ICallSink? sink = null
    )
    {
        Upstream = upstream;
        Approvals = new ApprovalStore(_folder.Path);
        settings ??= Settings;
        _http = http ?? new GuardedHttp(settings.ExtraRoots);
        IReadOnlyList<ICredentialSource> sources = source is not null
            ? [source]
            :
            [
                new EnvironmentCredentialSource(name => _environment.GetValueOrDefault(name)),
                new FileCredentialSource(_folder.Path),
            ];
        _caller = new ToolCaller(settings, _http, Approvals, sources, logger, time, sink is null ? null : [sink]);
    }

    public static RuntimeSettings Settings { get; } =
        new()
        {
            ConnectorsFolder = "none",
            DataFolder = "none",
            AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")],
        };

    public static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public RecordingUpstream Upstream { get; }

    public ApprovalStore Approvals { get; }

    public TemporaryFolder Folder => _folder;

    public ConnectorManifest Connector { get; set; } =
        new()
        {
            Name = "api",
            Version = "1.0.0",
            BaseUrl = "",
            Tools = [],
        };

    public static CallBench Start(params UpstreamAnswer[] script) =>
        new(RecordingUpstream.Start(script.Length == 0 ? [UpstreamAnswer.Json("{}")] : script));

    /// <summary>A tool with a schema that lets everything through, unless one is given.</summary>
    public static ToolManifest Tool(string endpoint, string schema = """{"type":"object"}""") =>
        new()
        {
            Name = "tool",
            Endpoint = endpoint,
            Arguments = new Dictionary<string, ArgumentBinding>(),
            InputSchema = JsonText.Parse(schema),
        };

    public void Set(string variable, string value) => _environment[variable] = value;

    public void Unset(string variable) => _environment.Remove(variable);

    public CallPlan Plan(ToolManifest tool) =>
        CallPlan.Create(
            Connector with
            {
                BaseUrl = Connector.BaseUrl.Length == 0 ? Upstream.Url.ToString() : Connector.BaseUrl,
                Tools = [tool],
            },
            tool,
            name => _environment.GetValueOrDefault(name)
        );

    public Task<ToolAnswer> CallAsync(ToolManifest tool, string arguments = "{}", CallContext? context = null) =>
        _caller.CallAsync(Plan(tool), JsonElement.Parse(arguments), context ?? new CallContext(), CancellationToken);

    /// <summary>Calls a tool in the name of someone else.</summary>
    public Task<ToolAnswer> CallAsAsync(string caller, ToolManifest tool, string arguments = "{}") =>
        _caller.CallAsync(
            Plan(tool),
            JsonElement.Parse(arguments),
            new CallContext { Caller = caller },
            CancellationToken
        );

    public Task<ToolAnswer> CancellableAsync(
        ToolManifest tool,
        string arguments,
        CancellationToken cancellationToken
    ) => _caller.CallAsync(Plan(tool), JsonElement.Parse(arguments), new CallContext(), cancellationToken);

    public Task<StreamedAnswer> OpenAsync(
        ToolManifest tool,
        string arguments = "{}",
        long? maximumBytes = null,
        CallOptions? options = null
    ) =>
        _caller.OpenAsync(
            Plan(tool),
            JsonElement.Parse(arguments),
            new CallContext(),
            options ?? new CallOptions { MaximumBytes = maximumBytes },
            CancellationToken
        );

    /// <summary>Calls a tool and gathers items of its pages.</summary>
    public Task<ToolAnswer> GatherAsync(ToolManifest tool, int maxItems, string arguments = "{}") =>
        _caller.CallAsync(
            Plan(tool),
            JsonElement.Parse(arguments),
            new CallContext { Options = new AnswerOptions { MaxItems = maxItems } },
            CancellationToken
        );

    /// <summary>Calls a tool and waits for the end of what it begins; null for no wait.</summary>
    public Task<ToolAnswer> WaitAsync(ToolManifest tool, int? seconds, IReadOnlyList<ToolManifest>? others = null)
    {
        var plan = CallPlan.Create(
            Connector with
            {
                BaseUrl = Upstream.Url.ToString(),
                Tools = [tool, .. others ?? []],
            },
            tool,
            name => _environment.GetValueOrDefault(name)
        );
        var context = seconds is { } most ? CallContext.Waiting(TimeSpan.FromSeconds(most)) : new CallContext();
        return _caller.CallAsync(plan, JsonElement.Parse("{}"), context, CancellationToken);
    }

    /// <summary>The pages of a list.</summary>
    public PagedAnswer ReadPages(ToolManifest tool, PageCaps? caps = null, string arguments = "{}") =>
        _caller.ReadPages(
            Plan(tool),
            JsonElement.Parse(arguments),
            () => new CallContext(),
            CallOptions.None,
            caps ?? PageCaps.None
        );

    public Task<RequestPreview> PreviewAsync(ToolManifest tool, string arguments = "{}") =>
        _caller.PreviewAsync(Plan(tool), JsonElement.Parse(arguments), CancellationToken);

    /// <summary>Calls a tool that must succeed, and gives the request that went out.</summary>
    public async Task<RecordedRequest> SendAsync(
        ToolManifest tool,
        string arguments = "{}",
        CallContext? context = null
    )
    {
        var answer = await CallAsync(tool, arguments, context);
        Assert.False(answer.IsError, AllText(answer));
        return Upstream.Requests[^1];
    }

    /// <summary>Calls a tool that must be refused before anything is sent, and gives the message.</summary>
    public async Task<string> RefusedAsync(ToolManifest tool, string arguments = "{}")
    {
        var answer = await CallAsync(tool, arguments);
        Assert.True(answer.IsError, AllText(answer));
        Assert.Empty(Upstream.Requests);
        return AllText(answer);
    }

    public static string AllText(ToolAnswer answer) =>
        string.Join(
            '\n',
            answer.Content.Select(block => block is AnswerContent.Text text ? text.Value : block.ToString())
        );

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        _http.Dispose();
        await Upstream.DisposeAsync();
        _folder.Dispose();
    }
}
