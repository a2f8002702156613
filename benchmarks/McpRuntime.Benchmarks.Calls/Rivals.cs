using System.Net;
using System.Text;
using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Benchmarks.Calls;

/// <summary>The same request three times: by hand, through Core, and through Core with a bearer token.</summary>
internal sealed class Rivals : IDisposable
{
    private static readonly JsonElement Arguments = JsonElement.Parse("""{"id":7,"limit":20}"""u8);

    private readonly Uri _url;
    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-runtime-benchmark").FullName;
    private readonly GuardedHttp _http = new();
    private readonly ToolCaller _caller;
    private readonly HttpClient _bare;
    private readonly CallPlan _open;
    private readonly CallPlan _secured;

    public Rivals(Uri url)
    {
        _url = url;
        var environment = new Dictionary<string, string>
        {
            ["MCP_RUNTIME_CREDENTIAL__API__TOKEN__TOKEN"] = "abcdefghijklmnopqrstuvwxyz0123456789",
            ["MCP_RUNTIME_CREDENTIAL__API__TOKEN__ORIGINS"] = url.GetLeftPart(UriPartial.Authority),
        };
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = _folder,
            DataFolder = _folder,
            AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")],
            AuditFile = Path.Combine(_folder, "audit.jsonl"),
        };
        _caller = new ToolCaller(
            settings,
            _http,
            new ApprovalStore(_folder),
            [new EnvironmentCredentialSource(environment.GetValueOrDefault)]
        );
        _open = Plan(secured: false);
        _secured = Plan(secured: true);
        _bare = new HttpClient(SameHandler());
    }

    public async Task BareAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_url}pets/7?limit=20");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, */*;q=0.5");
        request.Headers.TryAddWithoutValidation("User-Agent", "bare");
        using var response = await _bare.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
    }

    public Task CoreAsync() => CallAsync(_open);

    public Task SecuredAsync() => CallAsync(_secured);

    public void Dispose()
    {
        _bare.Dispose();
        _caller.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static SocketsHttpHandler SameHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = 256,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxResponseDrainSize = 64 * 1024,
            ActivityHeadersPropagator = System.Diagnostics.DistributedContextPropagator.CreateNoOutputPropagator(),
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };

    private async Task CallAsync(CallPlan plan)
    {
        var answer = await _caller.CallAsync(plan, Arguments, new CallContext(), CancellationToken.None);
        if (answer.IsError)
            throw new InvalidOperationException($"The call failed: {answer.Content[0]}");
    }

    private CallPlan Plan(bool secured)
    {
        var tool = new ToolManifest
        {
            Name = "list_pets",
            Endpoint = "GET /pets/{id}",
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = ArgumentLocation.Path },
                ["limit"] = new() { In = ArgumentLocation.Query },
            },
            InputSchema = JsonText.Parse(
                """{"type":"object","properties":{"id":{"type":"integer"},"limit":{"type":"integer"}},"required":["id"],"additionalProperties":false}"""
            ),
        };
        var connector = new ConnectorManifest
        {
            Name = "api",
            Version = "1.0.0",
            BaseUrl = _url.ToString(),
            Tools = [tool],
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["token"] = new BearerScheme() },
            Security = secured
                ? [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["token"] = [] })]
                : [],
        };
        return CallPlan.Create(connector, tool);
    }
}
