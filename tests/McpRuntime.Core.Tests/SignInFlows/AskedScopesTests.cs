using System.Net;
using System.Text;
using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;
using McpRuntime.Testing;
using McpRuntime.Tests.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.SignInFlows;

/// <summary>What a sign-in asks for where the user names no scopes.</summary>
public sealed class AskedScopesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GuardedHttp _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    // Of tools that are there; those of the scheme are all of its document.
    [InlineData("{ user: [read] }", "read")]
    [InlineData("{ user: [read, list] }", "list read")]
    [InlineData("{ key: [], user: [read] }", "read")]
    [InlineData("{ key: [] }", "all every")]
    [InlineData("{ user: [] }", "all every")]
    [InlineData("{ user: [none] }", "")]
    // Any one of several is enough.
    [InlineData("{ user: [admin, write] }, { user: [write] }", "write")]
    [InlineData("{ key: [] }, { user: [write] }", "write")]
    public async Task Scopes_that_tools_need_are_asked_for(string security, string expected)
    {
        var scopes = await AskedAsync(Connector(security));

        Assert.Equal(Words(expected), scopes);
    }

    [Fact]
    public async Task Tool_with_a_choice_takes_what_another_tool_needs_anyway()
    {
        var connector = Connector("{ user: [admin, write] }");
        var choice = Connector("{ user: [other] }, { user: [admin] }");

        var scopes = await AskedAsync(connector with { Tools = [.. choice.Tools, .. connector.Tools] });

        Assert.Equal(["admin", "write"], scopes);
    }

    [Fact]
    public async Task Scopes_of_the_user_are_asked_for_alone()
    {
        var scopes = await AskedAsync(Connector("{ user: [read] }"), ["mine"]);

        Assert.Equal(["mine"], scopes);
    }

    [Fact]
    public async Task What_a_provider_wants_for_renewals_is_added()
    {
        var connector = Connector("{ user: [read] }");
        var scheme = (OAuth2Scheme)connector.SecuritySchemes["user"] with
        {
            SignIn = new SignInSettings { Provider = "xero" },
        };

        var scopes = await AskedAsync(
            connector with
            {
                SecuritySchemes = new Dictionary<string, SecurityScheme> { ["user"] = scheme },
            }
        );

        Assert.Equal(["read", "offline_access"], scopes);
    }

    [Theory]
    [InlineData("""["openid","offline_access"]""", "openid offline_access read")]
    [InlineData("""["openid"]""", "openid read")]
    public async Task Open_id_provider_is_asked_for_the_account_and_for_renewals_where_it_has_them(
        string supported,
        string expected
    )
    {
        await using var provider = new StandInProvider { MetadataScopes = supported };
        var connector = Connector("{ user: [read] }");
        var scheme = new OpenIdConnectScheme($"{provider.Issuer}/.well-known/openid-configuration");

        var scopes = await AskedAsync(
            connector with
            {
                SecuritySchemes = new Dictionary<string, SecurityScheme> { ["user"] = scheme },
            }
        );

        Assert.Equal(Words(expected), scopes);
    }

    // Box and Netlify name none, and give what the client is registered for.
    [Theory]
    [InlineData("box.json", "/users/me", "")]
    [InlineData("netlify.yml", "/sites", "")]
    [InlineData("slack-web-v2.json", "/users.list", "users:read")]
    [InlineData("slack-web-v2.json", "/api.test", "")]
    [InlineData("xero-accounting.yaml", "/Contacts", "accounting.contacts accounting.contacts.read offline_access")]
    public async Task Real_documents_are_asked_for_what_their_tools_need(string name, string path, string expected)
    {
        var file = Path.Combine(SampleDocuments.Folder, name);
        Assert.SkipUnless(File.Exists(file), $"{file} is missing.");
        var connector = (await SpecFiles.ImportAgainAsync(file)).Manifest!;
        var tools = connector.Tools.Where(tool => tool.Endpoint.EndsWith($" {path}", StringComparison.Ordinal)).Take(1);

        var scopes = await AskedAsync(connector with { Tools = [.. tools], Name = "real" });

        Assert.Equal(Words(expected), scopes);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ConnectorManifest Connector(string security)
    {
        var read = ManifestReader.Read(
            Encoding.UTF8.GetBytes(
                $$"""
                connector:
                  manifest_version: 2
                  name: notes
                  version: 1.0.0
                  base_url: https://notes.example
                  security_schemes:
                    key: { type: api_key, key_name: X-Key }
                    user:
                      type: oauth2
                      flows: [authorization_code]
                      authorization_url: https://login.example/authorize
                      token_url: https://login.example/token
                      scopes: [all, every]
                  tools:
                  - name: find_notes
                    endpoint: GET /notes
                    input_schema: { type: object, properties: {} }
                    arguments: {}
                    security: [ {{security}} ]
                """
            ),
            "test"
        );
        return read.Manifest ?? throw new InvalidOperationException(string.Join('\n', read.Findings));
    }

    private async Task<IReadOnlyList<string>> AskedAsync(
        ConnectorManifest connector,
        IReadOnlyList<string>? chosen = null
    )
    {
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = _folder.PathOf("connectors"),
            DataFolder = _folder.PathOf("data"),
            AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")],
        };
        var flow = new SignInFlow(settings, _http, new ApprovalStore(settings.DataFolder), TimeProvider.System);
        var endpoints = await flow.ResolveAsync(
            new SignInRequest
            {
                Connector = connector,
                Scheme = connector.SecuritySchemes.ContainsKey("user") ? "user" : null,
                ClientId = "client",
                Scopes = chosen ?? [],
            },
            TestContext.Current.CancellationToken
        );
        return endpoints.Scopes;
    }
}
