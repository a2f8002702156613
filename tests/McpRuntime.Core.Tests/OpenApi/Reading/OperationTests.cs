using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi.Reading;

public class OperationTests
{
    [Fact]
    public async Task All_methods_and_the_additional_ones()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.2.0
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths:
              /x: { get: {}, put: {}, post: {}, delete: {}, options: {}, head: {}, patch: {}, trace: {}, query: {},
                    additionalOperations: { COPY: {}, 'bad method': {} }, parameters: [], x-own: {} }
            webhooks: { petAdded: { post: {} } }
            """
        );
        Assert.Equal(
            ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "QUERY", "COPY"],
            result.Tools.Select(tool => tool.Endpoint.Split(' ')[0])
        );
        Assert.Equal(
            ["TRACE /x", "bad method /x", "WEBHOOK petAdded"],
            result.Skipped.Select(skipped => $"{skipped.Method} {skipped.Path}")
        );
    }

    [Theory]
    [InlineData("get", true, false, true)]
    [InlineData("head", true, false, true)]
    [InlineData("post", false, false, false)]
    [InlineData("put", false, false, true)]
    [InlineData("patch", false, false, false)]
    [InlineData("delete", false, true, true)]
    public async Task Annotations_come_from_the_method(
        string method,
        bool readOnly,
        bool destructive,
        bool idempotent
    ) =>
        Assert.Equal(
            new ToolHints(readOnly, destructive, idempotent, true),
            (await Importing.ImportToolAsync(Importing.Document("", method: method))).Annotations
        );

    [Fact]
    public async Task Tags_stay_as_the_document_spells_them_each_once()
    {
        var tool = await Importing.ImportToolAsync(Importing.Document("tags: [pets, 'Pets', '  Admin & co ', '', 5]"));
        Assert.Equal(["pets", "Admin & co"], tool.Tags);
        Assert.Empty((await Importing.ImportToolAsync(Importing.Document(""))).Tags);
    }

    [Fact]
    public async Task The_author_says_more_with_x_mcp()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            x-mcp: false
            paths:
              /a: { get: {} }
              /b: { x-mcp: true, get: {}, post: { x-mcp: false } }
              /c: { put: { x-mcp: { name: Do It, title: Does it, description: It is done., annotations: { destructive: true } } } }
              /d: { x-mcp: 5, get: {} }
            """
        );
        Assert.Equal(["get_b", "do_it"], result.Tools.Select(tool => tool.Name));
        var tool = result.Manifest!.Tools[1];
        Assert.Equal(("Does it", "It is done."), (tool.Title, tool.Description));
        Assert.Equal(new ToolHints(false, true, true, true), tool.Annotations);
        Assert.All(result.Skipped, skipped => Assert.Equal("x-mcp: false", skipped.Reason));
        Assert.Equal(
            ["GET /a", "POST /b", "GET /d"],
            result.Skipped.Select(skipped => $"{skipped.Method} {skipped.Path}")
        );
        Assert.Equal("x-mcp", Assert.Single(result.Findings).RuleId);
    }

    [Fact]
    public async Task One_broken_operation_does_not_stop_the_others()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.1.1
            info: none
            servers: [ { url: 'https://a.test' }, 5 ]
            paths:
              /text: words
              /op: { get: words }
              /parts: { get: { parameters: { a: 1 }, requestBody: 7, responses: [], security: x, tags: 3, operationId: 12, servers: 0, callbacks: 1 } }
              /params: { get: { parameters: [ 1, {}, { name: 5, in: query }, { name: a, in: moon }, { name: b, in: query, schema: 3, content: 4 } ] } }
              no-slash: { get: {} }
              /path/{a}/{b}: { get: { parameters: [ { name: a, in: path }, { name: gone, in: path } ] } }
            components: { schemas: 3, securitySchemes: { a: 1 } }
            """
        );
        Assert.Equal(
            ["GET /parts", "GET /params", "GET /no-slash", "GET /path/{a}/{b}"],
            result.Tools.Select(tool => tool.Endpoint)
        );
        Assert.Equal(["a", "b"], result.Manifest!.Tools[3].Arguments!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["a", "b"],
            result
                .Manifest.Tools[3]
                .Input()
                .GetProperty("required")
                .EnumerateArray()
                .Select(name => name.GetString()!)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(result.Findings, finding => Assert.NotEqual(FindingSeverity.Error, finding.Severity));
        Assert.Contains(result.Findings, finding => finding is { RuleId: "path-slash", Line: not null });
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"openapi\": \"4.0.0\", \"paths\": {}}")]
    [InlineData("{\"swagger\": \"1.2\"}")]
    [InlineData("{\"openapi\": \"3.1.0\"}")]
    [InlineData("{\"openapi\": \"3.1.0\", \"paths\": []}")]
    public async Task What_is_not_a_document_is_refused_in_one_message(string text)
    {
        var result = await Importing.ImportAsync(text, new ImportOptions { BaseUrl = new Uri("https://a.test") });
        Assert.Null(result.Manifest);
        Assert.Contains(result.Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public async Task Queries_in_paths_are_sent_and_their_variables_are_arguments()
    {
        var tool = await Importing.ImportToolAsync(Importing.Document("", path: "/things?action=x&page={page}#one"));
        Assert.Equal("GET /things?action=x#one", tool.Endpoint);
        Assert.Equal(new ArgumentBinding { In = ArgumentLocation.Query, Name = "page" }, tool.Arguments!["page"]);
    }

    [Fact]
    public async Task Callbacks_are_reported()
    {
        var result = await Importing.ImportAsync(
            Importing.Document("callbacks: { done: { '{$request.body#/url}': { post: {} } } }", method: "post")
        );
        Assert.Equal(
            new SkippedOperation(
                "CALLBACK",
                "POST /things done",
                "a callback is a request that the API makes, not one that it takes"
            ),
            Assert.Single(result.Skipped)
        );
    }

    [Theory]
    [InlineData("summary: S, description: D", "S\n\nD")]
    [InlineData("summary: Gets it, description: Gets it. And more.", "Gets it. And more.")]
    [InlineData("summary: S", "S")]
    [InlineData("", "GET /things")]
    [InlineData("summary: S, deprecated: true", "Deprecated.\n\nS")]
    public async Task Summary_and_description_in_one(string words, string expected) =>
        Assert.Equal(expected, (await Importing.ImportToolAsync(Importing.Document(words))).Description);

    [Fact]
    public async Task Long_descriptions_end_with_a_sentence()
    {
        var text = string.Concat(Enumerable.Repeat("Eleven more. ", 200));
        var description = (await Importing.ImportToolAsync(Importing.Document($"description: '{text}'"))).Description!;
        Assert.InRange(description.Length, 980, 1000);
        Assert.EndsWith("more.", description, StringComparison.Ordinal);
        var endless = (
            await Importing.ImportToolAsync(Importing.Document($"description: '{new string('x', 3000)}'"))
        ).Description!;
        Assert.Equal(1000, endless.Length);
        Assert.EndsWith("…", endless, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "'200': { content: { application/json: { schema: { type: integer } } } }",
        """{"type":"integer"}""",
        "application/json"
    )]
    [InlineData(
        "'201': { content: { application/json: { schema: { type: integer } } } }, default: { content: { application/json: { schema: { type: string } } } }",
        """{"type":"integer"}""",
        "application/json"
    )]
    [InlineData(
        "default: { content: { application/json: { schema: { type: string } } } }",
        """{"type":"string"}""",
        "application/json"
    )]
    [InlineData(
        "'2XX': { content: { application/hal+json: { schema: { type: string } } } }",
        """{"type":"string"}""",
        "application/hal+json"
    )]
    [InlineData(
        "'200': { content: { application/json: { schema: { type: integer } } } }, '202': { content: { application/json: { schema: { type: string } } } }",
        """{"anyOf":[{"type":"integer"},{"type":"string"}]}""",
        "application/json"
    )]
    [InlineData("'204': {}", null, null)]
    [InlineData("'200': { content: { text/csv: { schema: { type: string } } } }", null, "text/csv")]
    [InlineData("'200': { content: { application/json: {} } }", null, "application/json")]
    [InlineData("'404': { content: { application/json: { schema: { type: string } } } }", null, null)]
    public async Task The_output_is_what_success_promises(string responses, string? expected, string? accept)
    {
        var tool = await Importing.ImportToolAsync(Importing.Document($"responses: {{ {responses} }}"));
        Assert.Equal(expected, tool.OutputSchema?.ToString());
        Assert.Equal(accept, tool.Accept);
    }
}
