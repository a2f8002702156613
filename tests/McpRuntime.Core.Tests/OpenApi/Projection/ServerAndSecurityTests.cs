using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Tests.Calls;

namespace McpRuntime.Tests.OpenApi.Projection;

public class ServerAndSecurityTests
{
    [Theory]
    [InlineData("[ { url: 'http://a.test' }, { url: 'https://b.test/v1/' } ]", "https://b.test/v1", "http://a.test")]
    [InlineData("[ { url: 'http://a.test' } ]", "http://a.test", "")]
    [InlineData("[ { url: '//a.test/x' } ]", "https://a.test/x", "")]
    [InlineData("[ { url: 'https://a.test?x=1' } ]", "https://a.test", "")]
    [InlineData("[ { url: 'wss://a.test' }, { url: 'https://b.test' } ]", "https://b.test", "wss://a.test")]
    [InlineData("[ { url: '/v1' }, { url: 'https://b.test' } ]", "https://b.test", "/v1")]
    [InlineData(
        "[ { url: '{scheme}://a.test/{v}', variables: { scheme: { default: https }, v: { default: v2 } } } ]",
        "https://a.test/{v}",
        ""
    )]
    public async Task The_first_https_server_is_taken(string servers, string expected, string others)
    {
        var manifest = (await Importing.ImportAsync(Document(servers))).Manifest!;
        Assert.Equal(expected, manifest.BaseUrl);
        Assert.Equal(others, string.Join(' ', manifest.Servers.Select(server => server.Url)));
    }

    [Theory]
    [InlineData("[]", "The document does not name a server.")]
    [InlineData(
        "[ { url: /v1 } ]",
        "The document's server '/v1' is relative, and the document does not come from a URL."
    )]
    [InlineData("[ { url: 'ftp://a.test' } ]", "The document's server 'ftp://a.test' is not an http or https URL.")]
    public async Task Without_a_server_the_message_names_the_option(string servers, string problem)
    {
        var result = await Importing.ImportAsync(Document(servers));
        Assert.Null(result.Manifest);
        var finding = Assert.Single(result.Findings);
        Assert.Equal("no-server", finding.RuleId);
        Assert.Equal($"{problem} Specify the server with a base URL.", finding.Message);
        var given = await Importing.ImportAsync(
            Document(servers),
            new ImportOptions { BaseUrl = new Uri("https://c.test/api/") }
        );
        Assert.Equal("https://c.test/api", given.Manifest!.BaseUrl);
    }

    [Fact]
    public async Task Variables_keep_their_braces()
    {
        var manifest = (
            await Importing.ImportAsync(
                Document(
                    "[ { url: 'https://{region}.a.test/{v}', variables: { region: { default: eu, enum: [eu, us], description: Where. }, unused: { default: x } } } ]"
                )
            )
        ).Manifest!;
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
        const string Text = """
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
            (await Importing.ImportAsync(Text)).Manifest!.Tools.Select(tool => tool.Server)
        );
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
        Assert.Equal(
            isPrivate,
            (await Importing.ImportAsync(document)).Findings.Any(finding => finding.RuleId == "private-server")
        );
        Assert.Empty((await Importing.ImportAsync(document, new ImportOptions { AllowPrivate = true })).Findings);
        Assert.Empty((await Importing.ImportAsync(document, new ImportOptions { BaseUrl = new Uri(url) })).Findings);
    }

    [Fact]
    public async Task Schemes_of_all_types()
    {
        var manifest = (
            await Importing.ImportAsync(
                Importing.Document(
                    "",
                    """
                    securitySchemes: {
                      key: { type: apiKey, in: header, name: X-Key, description: The key. },
                      basic: { type: http, scheme: Basic }, bearer: { type: http, scheme: bearer, bearerFormat: JWT }, token: { type: http, scheme: Token },
                      oidc: { type: openIdConnect, openIdConnectUrl: '/.well-known/openid-configuration' }, mtls: { type: mutualTLS },
                      oauth: { type: oauth2, flows: {
                        authorizationCode: { authorizationUrl: 'https://a.test/auth', tokenUrl: 'https://a.test/code', scopes: { r: '', w: '' } },
                        clientCredentials: { tokenUrl: token, refreshUrl: 'https://a.test/r', scopes: {} } } },
                      unknown: { type: magic } }
                    """
                )
            )
        ).Manifest!;
        var schemes = manifest.SecuritySchemes;
        Assert.Equal(["key", "basic", "bearer", "token", "oidc", "mtls", "oauth"], schemes.Keys);
        Assert.Equal(new ApiKeyScheme(ArgumentLocation.Header, "X-Key") { Description = "The key." }, schemes["key"]);
        Assert.Equal(new BearerScheme { Format = "JWT" }, schemes["bearer"]);
        Assert.Equal(new HttpScheme("Token"), schemes["token"]);
        Assert.Equal(
            new OpenIdConnectScheme("https://api.things.test/.well-known/openid-configuration"),
            schemes["oidc"]
        );
        var oauth = Assert.IsType<OAuth2Scheme>(schemes["oauth"]);
        Assert.Equal([OAuth2Flow.ClientCredentials, OAuth2Flow.AuthorizationCode], oauth.Flows);
        Assert.Equal(
            ("https://api.things.test/v1/token", "https://a.test/auth", "https://a.test/r"),
            (oauth.TokenUrl, oauth.AuthorizationUrl, oauth.RefreshUrl)
        );
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
        Assert.Equal(
            expected,
            needs.Count == 0
                ? "none"
                : string.Join(
                    " |",
                    needs.Select(need =>
                        string.Join(
                            '+',
                            need.Schemes.Select(scheme => $"{scheme.Key}:{string.Join(',', scheme.Value)}")
                        )
                    )
                )
        );
        if (expected.Contains("oauth", StringComparison.Ordinal))
            Assert.Equal(["a", "b"], Assert.IsType<OAuth2Scheme>(manifest.SecuritySchemes["oauth"]).Scopes);
    }

    // Google's documents need both, and a call can send one token.
    [Theory]
    [InlineData("https://a.test", "code", "code")]
    [InlineData("https://b.test", "browser code", "browser+code")]
    public async Task Implicit_flow_that_is_needed_with_the_code_flow_of_its_provider_is_left_out(
        string implicitUrl,
        string schemes,
        string needs
    )
    {
        var document = $$"""
            openapi: 3.1.0
            info: { title: Things, version: '1' }
            servers: [ { url: 'https://a.test' } ]
            security: [ { browser: [a], code: [a] } ]
            paths: { /x: { get: {} } }
            components:
              securitySchemes:
                browser: { type: oauth2, flows: { implicit: { authorizationUrl: '{{implicitUrl}}', scopes: { a: '' } } } }
                code: { type: oauth2, flows: { authorizationCode: { authorizationUrl: 'https://a.test', tokenUrl: 'https://a.test/t', scopes: { a: '' } } } }
            """;

        var result = await Importing.ImportAsync(document);

        var manifest = result.Manifest!;
        Assert.Equal(schemes == "code" ? ["security-scheme"] : [], result.Findings.Select(finding => finding.RuleId));
        Assert.Equal(schemes, string.Join(' ', manifest.SecuritySchemes.Keys));
        Assert.Equal(needs, string.Join('+', Assert.Single(manifest.Security).Schemes.Keys));
    }

    [Theory]
    [InlineData("type: http, scheme: digest")]
    [InlineData("type: http, scheme: Negotiate")]
    [InlineData("type: http, scheme: HOBA")]
    [InlineData("type: http, scheme: AWS4-HMAC-SHA256")]
    [InlineData("type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4")]
    public async Task Schemes_that_no_fixed_value_serves_give_way_to_others(string scheme)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                "security: [ { odd: [] }, { odd: [], key: [] }, { key: [] } ]",
                $"securitySchemes: {{ odd: {{ {scheme} }}, key: {{ type: apiKey, in: header, name: X-Key }} }}"
            )
        );
        Assert.Equal(["key"], result.Manifest!.SecuritySchemes.Keys);
        Assert.Equal(["key"], Assert.Single(result.Manifest.Tools[0].Security!).Schemes.Keys);
        var finding = Assert.Single(result.Findings);
        Assert.Equal(
            ("security-scheme", FindingSeverity.Warning, "/components/securitySchemes/odd"),
            (finding.RuleId, finding.Severity, finding.Pointer)
        );
        Assert.Contains("is not supported", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ odd: [], key: [] }", "key", "'odd' together with 'key'; only 'key' can be sent")]
    [InlineData(
        "{ odd: [], key: [], other: [] }, { odd: [] }",
        "key+other",
        "'odd' together with 'key' and 'other'; only"
    )]
    [InlineData("{ gone: [], key: [] }", "key", "'gone' together with 'key'; only 'key' can be sent")]
    [InlineData("{ odd: [], key: [] }, { odd: [], other: [] }", "key | other", "'odd' together with 'other'")]
    [InlineData("{ odd: [], key: [] }, {}", "", null)]
    [InlineData("{ odd: [] }", "none", null)]
    public async Task What_is_needed_with_an_unsupported_scheme_is_sent_where_there_is_no_other_alternative(
        string security,
        string expected,
        string? said
    )
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"security: [ {security} ]",
                "securitySchemes: { odd: { type: http, scheme: digest }, key: { type: apiKey, in: header, name: X-Key }, other: { type: http, scheme: bearer } }"
            )
        );
        var needs = result.Manifest!.Tools[0].Security!;
        Assert.Equal(
            expected,
            needs.Count == 0 ? "none" : string.Join(" | ", needs.Select(need => string.Join('+', need.Schemes.Keys)))
        );
        var findings = result
            .Findings.Where(finding =>
                finding is { RuleId: "security-scheme", Pointer: not "/components/securitySchemes/odd" }
            )
            .ToList();
        Assert.All(findings, finding =>
            Assert.StartsWith("/paths/~1things/get/security/", finding.Pointer, StringComparison.Ordinal)
        );
        if (said is null)
            Assert.Empty(findings);
        else
            Assert.Contains(findings, finding => finding.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_words_of_http_and_keys_in_Authorization_are_used()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                "security: [ { token: [] }, { oauth: [] }, { key: [] } ]",
                "securitySchemes: { token: { type: http, scheme: Token }, oauth: { type: http, scheme: OAuth }, key: { type: apiKey, in: header, name: Authorization } }"
            )
        );
        Assert.Empty(result.Findings);
        Assert.Equal(
            ["token", "oauth", "key"],
            result.Manifest!.Tools[0].Security!.SelectMany(need => need.Schemes.Keys)
        );
    }

    [Theory]
    [InlineData("https://api.example.com/v1", true)]
    [InlineData("https://example.org", true)]
    [InlineData("https://your-domain.atlassian.net/rest", true)]
    [InlineData("https://{tenant}.your_server.com", true)]
    [InlineData("https://hostname/api", true)]
    [InlineData("https://mycompany.service-now.com", true)]
    [InlineData("https://yourmembership.com", false)]
    [InlineData("https://myget.org", false)]
    [InlineData("https://api.myapi.test", false)]
    [InlineData("https://exampleapi.com", false)]
    public async Task A_placeholder_is_named_as_such(string url, bool isPlaceholder)
    {
        var document = Document($"[ {{ url: '{url}' }} ]");
        Assert.Equal(
            isPlaceholder,
            (await Importing.ImportAsync(document)).Findings.Any(finding => finding.RuleId == "placeholder-server")
        );
        Assert.Empty(
            (
                await Importing.ImportAsync(document, new ImportOptions { BaseUrl = new Uri("https://api.test") })
            ).Findings
        );
    }

    [Fact]
    public async Task The_query_of_a_server_goes_out_with_every_request()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test/v1?tenant=x%20y&v=2' } ]
            paths: { /x: { get: { parameters: [ { name: v, in: query, schema: { type: string } } ] } } }
            """
        );
        Assert.Contains(
            "tenant=x%20y&v=2",
            Assert.Single(result.Findings, finding => finding.RuleId == "server").Message,
            StringComparison.Ordinal
        );
        await using var bench = CallBench.Start();
        bench.Connector = result.Manifest! with { BaseUrl = "" };
        Assert.Equal("/x?tenant=x%20y&v=3", (await bench.SendAsync(result.Manifest!.Tools[0], """{"v":"3"}""")).Target);
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
        var manifest = (
            await Importing.ImportAsync(
                Importing.Document(
                    "security: [ { Key: [] }, { key: [] }, { KEY: [] } ]",
                    """
                    securitySchemes: { key: { type: http, scheme: bearer, description: One. }, Key: { type: http, scheme: bearer, description: Again. },
                                       KEY: { type: apiKey, in: header, name: X-Key } }
                    """
                )
            )
        ).Manifest!;
        Assert.Equal(["key", "KEY_2"], manifest.SecuritySchemes.Keys);
        Assert.Equal(["key", "key", "KEY_2"], manifest.Tools[0].Security!.SelectMany(need => need.Schemes.Keys));
        Assert.Null(McpRuntime.Calls.Plan.CallPlan.Create(manifest, manifest.Tools[0]).Problem);
    }
}
