using McpRuntime.Manifests;
using McpRuntime.Validation;
using static McpRuntime.Tests.OpenApi.Importing;

namespace McpRuntime.Tests.OpenApi.Projection;

/// <summary>Parameters of a path that stand for several segments.</summary>
public class CatchAllTests
{
    [Theory]
    [InlineData("/v1/{+name}", "name")]
    [InlineData("/v1/{+name}", "+name")]
    [InlineData("/v1/{name+}", "name")]
    [InlineData("/v1/{name+}", "name+")]
    [InlineData("/v1/{name*}", "name")]
    [InlineData("/v1/{*name}", "name")]
    [InlineData("/v1/{**name}", "name")]
    [InlineData("/v1{/name*}", "name")]
    [InlineData("/v1/{name:path}", "name")]
    [InlineData("/v1/{name=projects/*}", "name")]
    public async Task The_template_says_so(string path, string declared)
    {
        var request = await ImportedCall.SendAsync(
            Document(
                $"operationId: get, parameters: [ {{ name: '{declared}', in: path, required: true, schema: {{ type: string, pattern: '^projects/[^/]+$' }} }} ]",
                path: path
            ),
            "get",
            """{"name":"projects/p1"}"""
        );
        Assert.Equal("/v1/projects/p1", request.Target);
    }

    [Fact]
    public async Task Without_a_declaration_too()
    {
        var tool = await ImportToolAsync(Document("operationId: get", path: "/v1/{proxy+}"));
        Assert.True(Assert.Single(tool.Arguments!).Value.AllowSlash);
    }

    [Fact]
    public async Task Only_the_marked_one_of_several()
    {
        var request = await ImportedCall.SendAsync(
            Document(
                "operationId: get, parameters: [ { name: id, in: path, required: true, schema: {} }, { name: rest, in: path, required: true, schema: {} } ]",
                path: "/a/{id}/{rest+}"
            ),
            "get",
            """{"id":"x/y","rest":"x/y"}"""
        );
        Assert.Equal("/a/x%2Fy/x/y", request.Target);
    }

    [Theory]
    [InlineData("2.0")]
    [InlineData("3.0.3")]
    [InlineData("3.1.0")]
    public async Task An_extension_says_so_in_the_path_and_changes_nothing_in_a_query(string version)
    {
        string Type(string name, string place) =>
            version == "2.0"
                ? $"{{ name: {name}, in: {place}, required: true, type: string, x-ms-skip-url-encoding: true }}"
                : $"{{ name: {name}, in: {place}, required: true, schema: {{ type: string }}, x-ms-skip-url-encoding: true }}";
        var head =
            version == "2.0"
                ? "swagger: '2.0'\nhost: api.example.com\nparameters: { Scope: " + Type("scope", "path") + " }"
                : $"openapi: {version}\nservers: [ {{ url: 'https://api.example.com' }} ]\ncomponents: {{ parameters: {{ Scope: {Type("scope", "path")} }} }}";
        var reference = version == "2.0" ? "#/parameters/Scope" : "#/components/parameters/Scope";
        var request = await ImportedCall.SendAsync(
            $$"""
            {{head}}
            info: { title: Locks, version: '1' }
            paths: { '/{scope}/locks': { get: { operationId: locks, parameters: [ { $ref: '{{reference}}' }, {{Type(
                "filter",
                "query"
            )}} ], responses: { 200: { description: ok } } } } }
            """,
            "locks",
            """{"scope":"subscriptions/s 1","filter":"a/b c%20"}"""
        );
        Assert.Equal("/subscriptions/s%201/locks?filter=a%2Fb%20c%2520", request.Target);
    }

    [Theory]
    [InlineData("{path}", "pattern: '.+', format: path")]
    [InlineData("{path:.+}", "")]
    [InlineData("{path:[a-z/]*}", "")]
    public async Task A_pattern_alone_does_not(string template, string schema)
    {
        var request = await ImportedCall.SendAsync(
            Document(
                $"operationId: get, parameters: [ {{ name: path, in: path, required: true, schema: {{ type: string, {schema} }} }} ]",
                path: $"/files/{template}"
            ),
            "get",
            """{"path":"a/b"}"""
        );
        Assert.Equal("/files/a%2Fb", request.Target);
    }

    [Fact]
    public async Task Allowed_reserved_characters_do_not_include_the_slash()
    {
        var request = await ImportedCall.SendAsync(
            Document(
                "operationId: get, parameters: [ { name: path, in: path, required: true, allowReserved: true, schema: { type: string } } ]",
                version: "3.2.0",
                path: "/files/{path}"
            ),
            "get",
            """{"path":"a/b:c?d"}"""
        );
        Assert.Equal("/files/a%2Fb:c%3Fd", request.Target);
    }

    [Fact]
    public async Task Elsewhere_than_in_the_path_the_manifest_is_refused()
    {
        var tool = await ImportToolAsync(
            Document("operationId: get, parameters: [ { name: q, in: query, schema: { type: string } } ]")
        );
        var manifest = new ConnectorManifest
        {
            Name = "api",
            Version = "1.0.0",
            BaseUrl = "https://api.example",
            Tools =
            [
                tool with
                {
                    Arguments = new Dictionary<string, ArgumentBinding>
                    {
                        ["q"] = tool.Arguments!["q"] with { AllowSlash = true },
                    },
                },
            ],
        };
        Assert.Contains(ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").Findings, finding =>
            finding.RuleId == "argument-style"
        );
    }
}
