using System.Net;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.OpenApi;
using McpRuntime.OpenApi.References;
using McpRuntime.Testing;

namespace McpRuntime.Tests.OpenApi.References;

/// <summary>References to other documents on the network: what may be asked, and how much of it.</summary>
public sealed class ExternalReferenceTests : IDisposable
{
    private const string Found = "every reference was read";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Urls_on_the_documents_origin_are_read_relative_to_the_document_that_names_them()
    {
        await using var server = Serve(
            ("/api/openapi.yaml", Document("schemas/pet.json")),
            ("/api/schemas/pet.json", """{"type":"object","properties":{"tag":{"$ref":"../shared/tag.json"}}}"""),
            ("/api/shared/tag.json", """{"type":"string"}""")
        );

        var result = await ImportAsync(At(server, "/api/openapi.yaml"));

        Assert.Equal(Found, Problem(result));
        Assert.Equal(["pet", "tag"], result.Manifest!.Definitions.Keys);
        Assert.Equal(
            ["/api/openapi.yaml", "/api/schemas/pet.json", "/api/shared/tag.json"],
            server.Requests.Select(request => request.Target)
        );
    }

    [Fact]
    public async Task Another_origin_is_asked_only_when_that_is_allowed()
    {
        await using var other = Serve(("/pet.json", """{"type":"string"}"""));
        await using var server = Serve(("/openapi.yaml", Document($"{other.Url}pet.json")));

        var refused = Problem(await ImportAsync(At(server, "/openapi.yaml")));
        Assert.Contains("another origin", refused, StringComparison.Ordinal);
        Assert.Contains("import with external references allowed", refused, StringComparison.Ordinal);
        Assert.Empty(other.Requests);

        Assert.Equal(
            Found,
            Problem(await ImportAsync(At(server, "/openapi.yaml"), new ImportOptions { AllowExternal = true }))
        );
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task A_redirect_to_another_origin_is_judged_like_a_reference_to_it()
    {
        await using var other = Serve(("/pet.json", """{"type":"string"}"""));
        await using var server = RecordingUpstream.Start(request =>
            request.Target switch
            {
                "/openapi.yaml" => UpstreamAnswer.Text(Document("moved.json")),
                "/moved.json" => UpstreamAnswer.Redirect("/again.json"),
                _ => UpstreamAnswer.Redirect($"{other.Url}pet.json"),
            }
        );

        var refused = Problem(await ImportAsync(At(server, "/openapi.yaml")));
        Assert.Contains(
            $"redirects to '{other.Url}pet.json', which is not followed: it is on another origin",
            refused,
            StringComparison.Ordinal
        );
        Assert.Empty(other.Requests);

        Assert.Equal(
            Found,
            Problem(await ImportAsync(At(server, "/openapi.yaml"), new ImportOptions { AllowExternal = true }))
        );
        Assert.Single(other.Requests);
    }

    [Theory]
    [InlineData("http://localhost:{port}/pet.json", "loopback")]
    [InlineData("http://10.1.2.3/pet.json", "private")]
    [InlineData("http://169.254.169.254/latest/meta-data", "metadata")]
    [InlineData("http://[fe80::1]/pet.json", "link-local")]
    public async Task A_host_that_the_person_did_not_name_is_not_asked_at_a_private_address(
        string reference,
        string why
    )
    {
        await using var other = Serve(("/pet.json", """{"type":"string"}"""));
        var port = other.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // Named is 127.0.0.1; localhost is another name.
        await using var server = Serve(
            ("/openapi.yaml", Document(reference.Replace("{port}", port, StringComparison.Ordinal)))
        );

        var problem = Problem(
            await ImportAsync(At(server, "/openapi.yaml"), new ImportOptions { AllowExternal = true })
        );

        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_not_followed()
    {
        await using var other = Serve(("/pet.json", """{"type":"string"}"""));
        await using var server = RecordingUpstream.Start(request =>
            request.Target == "/openapi.yaml"
                ? UpstreamAnswer.Text(Document("moved.json"))
                : UpstreamAnswer.Redirect($"http://localhost:{other.Url.Port}/pet.json")
        );

        var problem = Problem(
            await ImportAsync(At(server, "/openapi.yaml"), new ImportOptions { AllowExternal = true })
        );

        Assert.Contains("loopback", problem, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_document_from_the_network_never_reaches_a_file()
    {
        var secret = _folder.Write("secret.json", """{"type":"string"}""");
        await using var server = Serve(("/openapi.yaml", Document(new Uri(secret).AbsoluteUri)));

        var problem = Problem(
            await ImportAsync(At(server, "/openapi.yaml"), new ImportOptions { AllowExternal = true })
        );

        Assert.Contains("it is a local file and the document is not", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1_000_000, 32, "more than 2 documents are referred to")]
    [InlineData(100, 60, 32, "hold more than 60 bytes")]
    [InlineData(100, 1_000_000, 3, "more than 3 deep")]
    [InlineData(100, 1_000_000, 32, Found)]
    public async Task References_have_a_budget_of_documents_bytes_and_depth(
        int documents,
        long bytes,
        int depth,
        string problem
    )
    {
        for (var i = 0; i < 5; i++)
            _folder.Write($"{i}.json", Chained($"{i + 1}.json"));
        _folder.Write("5.json", """{"type":"string"}""");
        var limits = new ReferenceLimits
        {
            MaxDocuments = documents,
            MaxBytes = bytes,
            MaxDepth = depth,
        };

        var result = await new OpenApiImporter(new DocumentLoader(new DocumentLimits()), limits).ImportAsync(
            new DocumentSource.FromFile(_folder.Write("openapi.yaml", Document("0.json"))),
            new ImportOptions(),
            Token
        );

        Assert.Contains(problem, Problem(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_that_refer_to_each_other_are_read_once()
    {
        _folder.Write("a.json", """{"type":"object","properties":{"b":{"$ref":"b.json"},"self":{"$ref":"a.json#"}}}""");
        _folder.Write(
            "b.json",
            """{"type":"object","properties":{"a":{"$ref":"a.json"},"top":{"$ref":"openapi.yaml#/info"}}}"""
        );

        var result = await new OpenApiImporter(
            new DocumentLoader(new DocumentLimits()),
            new ReferenceLimits { MaxDocuments = 2 }
        ).ImportAsync(
            new DocumentSource.FromFile(_folder.Write("openapi.yaml", Document("a.json"))),
            new ImportOptions(),
            Token
        );

        Assert.Equal(Found, Problem(result));
    }

    [Fact]
    public async Task Only_what_the_chosen_operations_need_is_read()
    {
        await using var server = Serve(
            (
                "/openapi.yaml",
                """
                openapi: 3.2.0
                info: { title: T, version: 1.0.0 }
                servers: [ { url: 'https://a.test' } ]
                security: [ { 'schemes.json#/key': [] } ]
                paths:
                  /pets: { $ref: pets.json }
                  /other: { get: { parameters: [ { $ref: unchosen.json } ], responses: {} } }
                """
            ),
            (
                "/pets.json",
                """
                {"post": {
                  "parameters": [ { "name": "a", "in": "query", "schema": { "type": "string" }, "examples": { "one": { "$ref": "example.json" } } } ],
                  "requestBody": { "$ref": "body.json" },
                  "responses": { "200": { "$ref": "found.json" }, "404": { "$ref": "missing.json" } },
                  "x-more": { "$ref": "extension.json" } } }
                """
            ),
            ("/example.json", """{ "value": { "$ref": "data.json" } }"""),
            (
                "/body.json",
                """{ "content": { "application/json": { "schema": { "type": "object", "properties": { "default": { "$ref": "default.json" } }, "default": { "$ref": "data.json" } } } } }"""
            ),
            ("/default.json", """{ "type": "string" }"""),
            (
                "/found.json",
                """{ "description": "d", "content": { "application/json": { "schema": { "$ref": "default.json#" } } } }"""
            ),
            ("/schemes.json", """{ "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }""")
        );

        var result = await ImportAsync(At(server, "/openapi.yaml"), new ImportOptions { IncludePaths = ["/pets"] });

        Assert.Equal(Found, Problem(result));
        Assert.Equal(["key"], result.Manifest!.SecuritySchemes.Keys);
        Assert.Equal(
            [
                "/openapi.yaml",
                "/pets.json",
                "/schemes.json",
                "/body.json",
                "/default.json",
                "/example.json",
                "/found.json",
            ],
            server
                .Requests.Select(request => request.Target)
                .Take(3)
                .Concat(server.Requests.Select(request => request.Target).Skip(3).Order(StringComparer.Ordinal))
        );
    }

    // As the front ends do it: the address rules are those of a user who named the document's host.
    private async Task<ImportResult> ImportAsync(Uri uri, ImportOptions? options = null)
    {
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = _folder.Path,
            DataFolder = _folder.Path,
            AllowedNetworks = Array.Empty<IPNetwork>(),
        };
        var import = new ConnectorImport(settings, options ?? new ImportOptions());
        return (await import.PrepareAsync(new DocumentSource.FromUri(uri), Token)).Result;
    }

    private static string Problem(ImportResult result) =>
        result.Findings.SingleOrDefault(finding => finding.RuleId == "dangling-reference")?.Message ?? Found;

    private static Uri At(RecordingUpstream server, string path) => new(server.Url, path);

    private static RecordingUpstream Serve(params (string Path, string Text)[] documents) =>
        RecordingUpstream.Start(request =>
            documents.FirstOrDefault(document => document.Path == request.Target) is { Text: { } text }
                ? UpstreamAnswer.Text(text)
                : UpstreamAnswer.Text("There is no such document.", 404)
        );

    private static string Chained(string next) =>
        """{"type":"object","properties":{"next":{"$ref":"NEXT"}}}""".Replace("NEXT", next, StringComparison.Ordinal);

    private static string Document(string reference) =>
        $$"""
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { /x: { get: { parameters: [ { name: a, in: query, schema: { $ref: '{{reference}}' } } ] } } }
            """;
}
