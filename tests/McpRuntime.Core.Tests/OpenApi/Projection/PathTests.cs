using McpRuntime.Calls.Plan;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi.Projection;

/// <summary>
/// Paths as authors write them, beyond what the specification foresees: every tool can still be called.
/// </summary>
public class PathTests
{
    [Theory]
    [InlineData("/a b/{id}", "id", "GET /a%20b/{id}", "path id")]
    [InlineData("/a/{pet id}", "pet id", "GET /a/{pet_id}", "path pet_id")]
    [InlineData("/a/{id", "", "GET /a/%7Bid", "")]
    [InlineData("/a}/{}", "", "GET /a%7D/%7B%7D", "")]
    [InlineData("/a/{{id}}", "id", "GET /a/%7B{id}%7D", "path id")]
    [InlineData("/files/{path+}", "path", "GET /files/{path}", "path path")]
    [InlineData("/a/{id:[0-9]+}", "id", "GET /a/{id}", "path id")]
    [InlineData("/a/{;id*}", "id", "GET /a/{id}", "path id")]
    [InlineData("/a/{id?}", "id", "GET /a/{id}", "path id")]
    [InlineData("/a?kind=b", "", "GET /a?kind=b", "")]
    [InlineData("/a?kind=b&id={id}", "id", "GET /a?kind=b#id", "query id")]
    [InlineData("/a?number={id}#one", "id", "GET /a#one", "query number")]
    [InlineData("/a?page={page}", "", "GET /a#page", "query page")]
    [InlineData("/a{?id,page}", "id", "GET /a#id-page", "query id, query page")]
    public async Task A_template_and_its_parameters_come_together(
        string path,
        string parameter,
        string endpoint,
        string places
    )
    {
        var parameters =
            parameter.Length == 0
                ? ""
                : $"parameters: [ {{ name: '{parameter}', in: path, required: true, schema: {{ type: string }} }} ]";
        var manifest = (await Importing.ImportAsync(Importing.Document(parameters, path: path))).Manifest!;
        var tool = manifest.Tools.Single();
        Assert.Equal(endpoint, tool.Endpoint);
        Assert.Equal(
            places,
            string.Join(
                ", ",
                tool.Arguments!.Values.Select(binding => $"{binding.In.ToString().ToLowerInvariant()} {binding.Name}")
            )
        );
        Assert.True(ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").IsValid);
        Assert.Null(CallPlan.Create(manifest, tool).Problem);
    }

    [Fact]
    public async Task Operations_that_differ_in_a_written_query_alone_stay_apart()
    {
        var manifest = (
            await Importing.ImportAsync(
                """
                openapi: 3.0.4
                info: { title: T, version: 1.0.0 }
                servers: [ { url: 'https://a.test' } ]
                paths: { '/air?city={city}': { get: {} }, '/air?lat={lat}&lon={lon}': { get: {} }, /air: { get: {} } }
                """
            )
        ).Manifest!;
        Assert.Equal(["GET /air#city", "GET /air#lat-lon", "GET /air"], manifest.Tools.Select(tool => tool.Endpoint));
        Assert.True(ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").IsValid);
    }

    [Fact]
    public async Task A_path_in_two_spellings_is_one_and_the_other_has_a_reason()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.0.4
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { pets: { get: {} }, /pets: { get: {}, post: {} } }
            """
        );
        Assert.Equal(["GET /pets", "POST /pets"], result.Tools.Select(tool => tool.Endpoint));
        Assert.Contains("another spelling", Assert.Single(result.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_headers_have_no_case()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                "parameters: [ { name: X-Hash, in: header, schema: { type: string } }, { name: x-hash, in: header, required: true, schema: { type: string } } ]"
            )
        );
        Assert.Equal(("x-hash", "x-hash"), (Assert.Single(tool.Arguments!).Key, tool.Arguments!["x-hash"].Name));
    }

    [Theory]
    [InlineData("Cookie")]
    [InlineData("Content-Encoding")]
    [InlineData("host")]
    public async Task Headers_that_the_runtime_sets_itself_are_no_arguments(string name)
    {
        var result = await Importing.ImportAsync(
            Importing.Document($"parameters: [ {{ name: {name}, in: header, schema: {{ type: string }} }} ]")
        );
        Assert.Empty(result.Manifest!.Tools.Single().Arguments!);
        Assert.Equal("reserved-header", Assert.Single(result.Findings).RuleId);
        Assert.Null(CallPlan.Create(result.Manifest, result.Manifest.Tools[0]).Problem);
    }

    [Theory]
    [InlineData("header", "x-key", "security: [ { k: [] } ], ", 0)]
    [InlineData("query", "x-key", "security: [ { k: [] } ], ", 1)]
    [InlineData("header", "X-Key", "security: [], ", 1)]
    public async Task The_key_of_a_security_scheme_is_not_an_argument(
        string place,
        string name,
        string security,
        int arguments
    )
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"{security}parameters: [ {{ name: {name}, in: {place}, required: true, schema: {{ type: string }} }} ]",
                "securitySchemes: { k: { type: apiKey, in: header, name: X-Key } }"
            )
        );
        var tool = result.Manifest!.Tools.Single();
        Assert.Equal(arguments, tool.Arguments!.Count);
        Assert.Equal(arguments == 0 ? ["credential-parameter"] : [], result.Findings.Select(finding => finding.RuleId));
        Assert.Null(CallPlan.Create(result.Manifest, tool).Problem);
    }

    [Theory]
    [InlineData("security: [ { o: [] } ], ", "token", "Authentication token. Requires scope: `none`", 0)]
    [InlineData("security: [ { o: [] } ], ", "access_token", "OAuth access token.", 0)]
    [InlineData("security: [ { o: [] } ], ", "oauth_token", "OAuth 2.0 token for the current user.", 0)]
    [InlineData("security: [ { o: [] } ], ", "token", "Of the invitation.", 1)]
    [InlineData("security: [ { o: [] } ], ", "invite", "Authentication token", 1)]
    [InlineData("security: [ { k: [] } ], ", "token", "Authentication token", 1)]
    [InlineData("security: [], ", "token", "Authentication token", 1)]
    public async Task Token_of_a_sign_in_is_not_an_argument(
        string security,
        string name,
        string description,
        int arguments
    )
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"{security}parameters: [ {{ name: {name}, in: query, required: true, description: '{description}', schema: {{ type: string }} }} ]",
                "securitySchemes: { k: { type: apiKey, in: header, name: X-Key }, o: { type: oauth2, flows: { authorizationCode: { authorizationUrl: 'https://a.test', tokenUrl: 'https://a.test/t', scopes: {} } } } }"
            )
        );

        var tool = result.Manifest!.Tools.Single();
        Assert.Equal(arguments, tool.Arguments!.Count);
        Assert.Equal(arguments == 0 ? ["credential-parameter"] : [], result.Findings.Select(finding => finding.RuleId));
        Assert.Null(CallPlan.Create(result.Manifest, tool).Problem);
    }

    [Theory]
    [InlineData("{ name: q, in: querystring }, { name: a, in: query }", "a", "'a' is part of it")]
    [InlineData("{ name: q, in: querystring }, { name: r, in: querystring }", "q", "'q' is part of it")]
    public async Task A_query_string_stands_alone(string parameters, string arguments, string message)
    {
        var result = await Importing.ImportAsync(Importing.Document($"parameters: [ {parameters} ]", version: "3.2.0"));
        Assert.Equal(arguments, string.Join(' ', result.Manifest!.Tools[0].Arguments!.Keys));
        Assert.Contains(message, Assert.Single(result.Findings).Message, StringComparison.Ordinal);
        Assert.True(ManifestReader.Read(ManifestWriter.ToUtf8(result.Manifest), "m.yaml").IsValid);
    }

    [Fact]
    public async Task An_empty_server_is_the_root_of_where_the_document_is()
    {
        var document = Importing.Document("").Replace("[ { url:", "[ { url: '' }, { url:", StringComparison.Ordinal);
        var manifest = (await Importing.ImportAsync(document)).Manifest!;
        Assert.Equal(("https://api.things.test/v1", "/"), (manifest.BaseUrl, Assert.Single(manifest.Servers).Url));
        Assert.True(ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").IsValid);
    }
}
