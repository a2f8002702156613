using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi;

public class ServerAndSecurityTests
{
    [Theory]
    [InlineData("[ { url: 'http://a.test' }, { url: 'https://b.test/v1/' } ]", "https://b.test/v1", "http://a.test")]
    [InlineData("[ { url: 'http://a.test' } ]", "http://a.test", "")]
    [InlineData("[ { url: '//a.test/x' } ]", "https://a.test/x", "")]
    [InlineData("[ { url: 'https://a.test?x=1' } ]", "https://a.test", "")]
    [InlineData("[ { url: 'wss://a.test' }, { url: 'https://b.test' } ]", "https://b.test", "wss://a.test")]
    [InlineData("[ { url: '/v1' }, { url: 'https://b.test' } ]", "https://b.test", "/v1")]
    [InlineData("[ { url: '{scheme}://a.test/{v}', variables: { scheme: { default: https }, v: { default: v2 } } } ]", "https://a.test/{v}", "")]
    public async Task The_first_https_server_is_taken(string servers, string expected, string others)
    {
        var manifest = (await Importing.ImportAsync(Document(servers))).Manifest!;
        Assert.Equal(expected, manifest.BaseUrl);
        Assert.Equal(others, string.Join(' ', manifest.Servers.Select(server => server.Url)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[ { url: /v1 } ]")]
    [InlineData("[ { url: 'ftp://a.test' } ]")]
    public async Task Without_a_server_the_message_names_the_option(string servers)
    {
        var result = await Importing.ImportAsync(Document(servers));
        Assert.Null(result.Manifest);
        var finding = Assert.Single(result.Findings);
        Assert.Equal("no-server", finding.RuleId);
        Assert.Contains("--base-url", finding.Message, StringComparison.Ordinal);
        var given = await Importing.ImportAsync(Document(servers), new ImportOptions { BaseUrl = new Uri("https://c.test/api/") });
        Assert.Equal("https://c.test/api", given.Manifest!.BaseUrl);
    }

    [Fact]
    public async Task Variables_keep_their_braces()
    {
        var manifest = (await Importing.ImportAsync(Document(
            "[ { url: 'https://{region}.a.test/{v}', variables: { region: { default: eu, enum: [eu, us], description: Where. }, unused: { default: x } } } ]"))).Manifest!;
        Assert.Equal("https://{region}.a.test/{v}", manifest.BaseUrl);
        Assert.Equal(["region", "v"], manifest.ServerVariables.Keys);
        var region = manifest.ServerVariables["region"];
        Assert.Equal(("eu", "Where."), (region.Default, region.Description));
        Assert.Equal(["eu", "us"], region.Enum);
        Assert.Null(manifest.ServerVariables["v"].Default);
    }

    [Fact]
    public async Task Operations_and_paths_may_have_servers_of_their_own()
    {
        const string Text =
            """
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths:
              /own: { get: { servers: [ { url: 'https://own.test' } ] }, servers: [ { url: 'https://path.test' } ] }
              /path: { get: {}, servers: [ { url: 'https://path.test' } ] }
              /same: { get: {}, servers: [ { url: 'https://a.test/' } ] }
            """;
        Assert.Equal(
            ["https://own.test", "https://path.test", null],
            (await Importing.ImportAsync(Text)).Manifest!.Tools.Select(tool => tool.Server));
        var given = await Importing.ImportAsync(Text, new ImportOptions { BaseUrl = new Uri("https://b.test") });
        Assert.All(given.Manifest!.Tools, tool => Assert.Null(tool.Server));
    }

    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://10.1.2.3/x", true)]
    [InlineData("https://[::1]/x", true)]
    [InlineData("https://intranet", true)]
    [InlineData("https://a.test", false)]
    public async Task A_private_server_is_not_approved_by_the_document(string url, bool isPrivate)
    {
        var document = Document($"[ {{ url: '{url}' }} ]");
        Assert.Equal(isPrivate, (await Importing.ImportAsync(document)).Findings.Any(finding => finding.RuleId == "private-server"));
        Assert.Empty((await Importing.ImportAsync(document, new ImportOptions { AllowPrivate = true })).Findings);
        Assert.Empty((await Importing.ImportAsync(document, new ImportOptions { BaseUrl = new Uri(url) })).Findings);
    }

    [Fact]
    public async Task Schemes_of_all_types()
    {
        var manifest = (await Importing.ImportAsync(Importing.Document("",
            """
            securitySchemes: {
              key: { type: apiKey, in: header, name: X-Key, description: The key. },
              basic: { type: http, scheme: Basic }, bearer: { type: http, scheme: bearer, bearerFormat: JWT }, digest: { type: http, scheme: digest },
              oidc: { type: openIdConnect, openIdConnectUrl: '/.well-known/openid-configuration' }, mtls: { type: mutualTLS },
              oauth: { type: oauth2, flows: {
                authorizationCode: { authorizationUrl: 'https://a.test/auth', tokenUrl: 'https://a.test/code', scopes: { r: '', w: '' } },
                clientCredentials: { tokenUrl: token, refreshUrl: 'https://a.test/r', scopes: {} } } },
              unknown: { type: magic } }
            """))).Manifest!;
        var schemes = manifest.SecuritySchemes;
        Assert.Equal(["key", "basic", "bearer", "digest", "oidc", "mtls", "oauth"], schemes.Keys);
        Assert.Equal(new ApiKeyScheme(ArgumentLocation.Header, "X-Key") { Description = "The key." }, schemes["key"]);
        Assert.Equal(new BearerScheme { Format = "JWT" }, schemes["bearer"]);
        Assert.Equal(new HttpScheme("digest"), schemes["digest"]);
        Assert.Equal(new OpenIdConnectScheme("https://api.example.com/.well-known/openid-configuration"), schemes["oidc"]);
        var oauth = Assert.IsType<OAuth2Scheme>(schemes["oauth"]);
        Assert.Equal([OAuth2Flow.ClientCredentials, OAuth2Flow.AuthorizationCode], oauth.Flows);
        Assert.Equal(("https://api.example.com/v1/token", "https://a.test/auth", "https://a.test/r"), (oauth.TokenUrl, oauth.AuthorizationUrl, oauth.RefreshUrl));
    }

    [Theory]
    [InlineData("", "key:")]
    [InlineData("security: []", "none")]
    [InlineData("security: [ {} ]", "")]
    [InlineData("security: [ { key: [], oauth: [b, a] }, {} ]", "key:+oauth:b,a |")]
    [InlineData("security: [ { gone: [] }, { key: [] } ]", "key:")]
    public async Task Requirements_are_or_of_ands(string security, string expected)
    {
        var document = $$"""
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            security: [ { key: [] } ]
            paths: { /x: { get: { {{security}} } } }
            components: { securitySchemes: { key: { type: apiKey, in: header, name: K }, oauth: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://a.test' } } } } }
            """;
        var manifest = (await Importing.ImportAsync(document)).Manifest!;
        var needs = manifest.Tools[0].Security ?? manifest.Security;
        Assert.Equal(expected, needs.Count == 0 ? "none" : string.Join(
            " |", needs.Select(need => string.Join('+', need.Schemes.Select(scheme => $"{scheme.Key}:{string.Join(',', scheme.Value)}")))));
        if (expected.Contains("oauth", StringComparison.Ordinal))
            Assert.Equal(["a", "b"], Assert.IsType<OAuth2Scheme>(manifest.SecuritySchemes["oauth"]).Scopes);
    }

    private static string Document(string servers) =>
        $$"""
        openapi: 3.1.1
        info: { title: T, version: 1.0.0 }
        servers: {{servers}}
        paths: { /x: { get: {} } }
        """;

    [Fact]
    public async Task Schemes_that_differ_in_case_alone_do_not_share_a_credential()
    {
        var manifest = (await Importing.ImportAsync(Importing.Document(
            "security: [ { Key: [] }, { key: [] }, { KEY: [] } ]",
            """
            securitySchemes: { key: { type: http, scheme: bearer, description: One. }, Key: { type: http, scheme: bearer, description: Again. },
                               KEY: { type: apiKey, in: header, name: X-Key } }
            """))).Manifest!;
        Assert.Equal(["key", "KEY_2"], manifest.SecuritySchemes.Keys);
        Assert.Equal(["key", "key", "KEY_2"], manifest.Tools[0].Security!.SelectMany(need => need.Schemes.Keys));
        Assert.Null(McpRuntime.Calls.CallPlan.Create(manifest, manifest.Tools[0]).Problem);
    }
}
