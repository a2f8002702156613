using System.Security.Cryptography;
using System.Text.RegularExpressions;
using McpRuntime.Http.Hosting;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>A gateway whose callers connect accounts at a provider on loopback.</summary>
internal sealed class ConnectGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _home = new();

    private ConnectGateway(RecordingUpstream api) => Api = api;

    public RecordingUpstream Api { get; }

    public StandInProvider Provider { get; } = new();

    public RunningGateway Gateway { get; private set; } = null!;

    public TemporaryFolder Home => _home;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="overHttp">Whose accounts: <c>per_caller</c> or <c>shared</c>.</param>
    /// <param name="isApproved">The operator approved the provider.</param>
    /// <param name="database">URL of a PostgreSQL database; null for SQLite.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="change">Changes parts of the gateway.</param>
    public static async Task<ConnectGateway> StartAsync(
        string overHttp = "per_caller",
        bool isApproved = true,
        string? database = null,
        IEnumerable<(string, string)>? settings = null,
        Func<GatewayParts, GatewayParts>? change = null
    )
    {
        var made = new ConnectGateway(Manifests.Upstream());
        var (home, issuer) = (made._home, made.Provider.Issuer);
        home.Write("connectors/shop.yaml", made.Manifest(overHttp));
        home.Write("ring.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        home.Write("credentials/MCP_RUNTIME_CREDENTIAL__SHOP__PERSON__CLIENT_ID", "my-client");
        if (isApproved)
            home.Write(
                "credentials/MCP_RUNTIME_CREDENTIAL__SHOP__PERSON__ORIGINS",
                $"{issuer} {made.Api.Url.GetLeftPart(UriPartial.Authority)}"
            );
        List<(string, string)> variables =
        [
            Manifests.Loopback,
            ("KEY_RING_KEY_FILE", home.PathOf("ring.key")),
            ("CREDENTIALS_DIR", home.PathOf("credentials")),
            ("LOG_LEVEL", "debug"),
            .. settings ?? [],
        ];
        if (database is not null)
            variables.Add(("DATABASE_URL", database));
        made.Gateway = await RunningGateway.StartAsync(variables, home, change);
        return made;
    }

    /// <summary>A client with a token of its own.</summary>
    public async Task<ConnectCaller> CallerAsync(string role = "user")
    {
        var (token, text) = await Gateway
            .App.Services.GetRequiredService<TokenStore>()
            .CreateAsync("test", [role], null, Cancelled);
        var client = new HttpClient { BaseAddress = Gateway.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", text);
        return new ConnectCaller(client, text, token.CallerId);
    }

    public string Manifest(string overHttp) =>
        Manifests.Shop(Api.Url)
        + $$"""

              security_schemes:
                person:
                  type: oauth2
                  flows: [authorization_code]
                  authorization_url: {{Provider.Issuer}}/authorize
                  token_url: {{Provider.Issuer}}/token
                  revocation_url: {{Provider.Issuer}}/revoke
                  issuer: {{Provider.Issuer}}
                  scopes: [openid]
              security:
              - person: []
              credentials: { over_http: {{overHttp}} }
            """;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
        await Api.DisposeAsync();
        _home.Dispose();
    }
}

/// <summary>A caller of the gateway.</summary>
internal sealed partial record ConnectCaller(HttpClient Client, string Token, string Id)
{
    /// <summary>Calls the tool; whether it failed, and the text.</summary>
    public async Task<(bool IsError, string Text)> CallAsync()
    {
        var answer = await Client.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""");
        return (answer.GetProperty("isError").GetBoolean(), answer.GetProperty("content")[0].Text("text"));
    }

    /// <summary>The link of a call that lacks a sign-in.</summary>
    public async Task<Uri> LinkAsync()
    {
        var (isError, text) = await CallAsync();
        Assert.True(isError);
        return new Uri(Link().Match(text).Value);
    }

    [GeneratedRegex("http://[^ ]+/connect/[A-Za-z0-9_-]{43}")]
    public static partial Regex Link();
}
