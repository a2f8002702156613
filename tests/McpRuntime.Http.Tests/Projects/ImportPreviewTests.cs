using System.Text.Json;
using McpRuntime.Http.Tests.Mcp;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Projects;

/// <summary>An import is looked at, chosen from, installed, and compared with what is there.</summary>
public sealed class ImportPreviewTests : IAsyncDisposable
{
    private const string Imports = "/v1/projects/p/imports";

    private RunningGateway? _gateway;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_preview_shows_what_would_be_installed_and_installs_nothing()
    {
        var admin = await StartAsync();

        var preview = await ImportAsync(admin, "\"preview\":true");

        Assert.Equal(("shop", "Shop", ""), (preview.Text("name"), preview.Text("title"), preview.Text("etag")));
        Assert.Equal(
            [
                "list_items GET /items read True",
                "add_item POST /items write True",
                "delete_item DELETE /items/{id} destructive True",
            ],
            preview
                .GetProperty("tools")
                .EnumerateArray()
                .Select(tool =>
                    $"{tool.Text("name")} {tool.Text("endpoint")} {tool.Text("access")} {tool.Text("chosen")}"
                )
        );
        Assert.Equal(
            preview.GetProperty("tools").EnumerateArray().Sum(tool => tool.GetProperty("tokens").GetInt32()),
            preview.GetProperty("tokens").GetInt32()
        );
        Assert.Equal(
            "https://shop.example",
            Assert.Single(preview.GetProperty("origins").EnumerateArray()).GetString()
        );
        var credential = Assert.Single(preview.GetProperty("credentials").EnumerateArray());
        Assert.Equal(("key", "api_key in header 'X-Key'"), (credential.Text("scheme"), credential.Text("type")));
        Assert.Equal(
            """[{"name":"value","secret":true,"required":true}]""",
            credential.GetProperty("fields").GetRawText()
        );
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("difference").ValueKind);
        Assert.Contains("endpoint: GET /items", preview.Text("manifest"));
        Assert.Equal("{\"connectors\":[]}", (await admin.SendAsync("GET", "/v1/projects/p/connectors")).GetRawText());
        Assert.Equal(("ok", "from a document in the request"), await Audit.OfAsync(admin, "connector.preview", "ok"));
    }

    [Fact]
    public async Task A_choice_of_tools_is_installed_and_counts_for_the_next_import()
    {
        var admin = await StartAsync();
        var unknown = await ImportAsync(admin, "\"tools\":[\"list_items\",\"nothing\"]", 400);
        Assert.Contains("'tools' names 'nothing'", unknown.Text("detail"));

        var made = await ImportAsync(admin, "\"tools\":[\"list_*\"]", 201);
        Assert.Equal("1", made.Text("tools"));
        var again = await ImportAsync(admin, "\"preview\":true", document: Document(more: true));
        Assert.Equal(["list_items"], Chosen(again));
        Assert.True(again.GetProperty("difference").GetProperty("same").GetBoolean(), again.ToString());

        var all = await ImportAsync(admin, "\"tools\":[\"*\"]", 201, Document(more: true), "*");
        Assert.Equal("4", all.Text("tools"));
        var later = await ImportAsync(admin, "\"preview\":true");
        Assert.Equal(["list_items", "add_item", "delete_item"], Chosen(later));
    }

    [Fact]
    public async Task An_import_over_a_connector_shows_the_difference_and_needs_its_tag()
    {
        var admin = await StartAsync();
        var made = await ImportAsync(admin, "", 201);
        var changed = Document()
            .Replace("\"age\",\"name\"", "\"name\"", StringComparison.Ordinal)
            .Replace("\"delete\"", "\"patch\"", StringComparison.Ordinal)
            .Replace("https://shop.example", "https://new.example", StringComparison.Ordinal);

        var preview = await ImportAsync(admin, "\"preview\":true", document: changed);
        var difference = preview.GetProperty("difference");

        Assert.Equal(made.Text("etag"), preview.Text("etag"));
        Assert.True(difference.GetProperty("breaking").GetBoolean());
        Assert.Equal("base_url", difference.GetProperty("changes")[0].Text("what"));
        Assert.Equal(
            ["list_items: argument 'sort' True", "delete_item: endpoint True"],
            difference
                .GetProperty("changed")
                .EnumerateArray()
                .Select(tool =>
                    $"{tool.Text("name")}: {tool.GetProperty("changes")[0].Text("what")} {tool.GetProperty("changes")[0].Text("breaking")}"
                )
        );
        await ImportAsync(admin, "", 428, changed);
        await ImportAsync(admin, "", 412, changed, "\"1-0\"");
        var replaced = await ImportAsync(admin, "", 201, changed, made.Text("etag"));
        Assert.Equal("2", replaced.Text("version"));
    }

    [Fact]
    public async Task What_was_written_into_a_manifest_stays_and_is_listed()
    {
        var admin = await StartAsync();
        var made = await ImportAsync(admin, "", 201);
        var manifest = (await admin.SendAsync("GET", "/v1/projects/p/connectors/shop")).Text("manifest");
        var edited = await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            manifest.Replace("Lists items.", "Our own words.", StringComparison.Ordinal),
            201,
            made.Text("etag"),
            "application/yaml"
        );

        var preview = await ImportAsync(admin, "\"preview\":true");
        await ImportAsync(admin, "", 201, ifMatch: edited.Text("etag"));

        Assert.Equal("description", preview.GetProperty("kept")[0].Text("what"));
        Assert.Contains(
            "Our own words.",
            (await admin.SendAsync("GET", "/v1/projects/p/connectors/shop")).Text("manifest")
        );
    }

    [Fact]
    public async Task A_connector_is_imported_again_from_the_url_of_its_last_import_with_its_choices()
    {
        await using var upstream = Manifests.Upstream(Document());
        var admin = await StartAsync(Manifests.Loopback);
        await admin.SendAsync(
            "POST",
            Imports,
            $$"""{"name":"shop","url":"{{upstream.Url}}d.json","readOnly":true}""",
            201
        );

        var again = await admin.SendAsync("POST", Imports, """{"name":"shop","preview":true}""");
        var nothing = await admin.SendAsync("POST", Imports, """{"name":"other","preview":true}""", 400);

        Assert.Equal(["list_items"], Chosen(again));
        Assert.Equal(2, upstream.Requests.Count);
        Assert.Contains("'url' or 'document'", nothing.Text("detail"));
        await ImportAsync(admin, "", 201, ifMatch: "*");
        Assert.Contains(
            "was not imported from a URL",
            (await admin.SendAsync("POST", Imports, """{"name":"shop","preview":true}""", 400)).Text("detail")
        );
    }

    [Theory]
    [InlineData("\"exclude\":[\"x\"]", "'exclude' is unknown")]
    [InlineData("\"tools\":\"x\"", "'tools' must be a list")]
    [InlineData("\"tools\":[]", "'tools' is empty")]
    [InlineData("\"methods\":[\"SEND\"]", "'methods'")]
    [InlineData("\"excludePaths\":[\"/**\"]", "'excludePaths'")]
    public async Task Errors_name_the_fields_of_the_request(string field, string expected)
    {
        var admin = await StartAsync();
        using var content = new StringContent(
            $$"""{"name":"shop","document":{{Document()}},{{field}}}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await admin.PostAsync(Imports, content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Contains(expected, text);
        Assert.DoesNotContain("--", text);
    }

    private static IEnumerable<string> Chosen(JsonElement preview) =>
        preview
            .GetProperty("tools")
            .EnumerateArray()
            .Where(tool => tool.GetProperty("chosen").GetBoolean())
            .Select(tool => tool.Text("name"));

    private async Task<HttpClient> StartAsync(params (string, string)[] settings)
    {
        _gateway = await RunningGateway.StartAsync(settings);
        await _gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        return _gateway.Client;
    }

    private static Task<JsonElement> ImportAsync(
        HttpClient client,
        string fields,
        int status = 200,
        string? document = null,
        string? ifMatch = null
    ) =>
        client.SendAsync(
            "POST",
            Imports,
            $$"""{"name":"shop","document":{{document ?? Document()}}{{(fields.Length > 0 ? "," : "")}}{{fields}}}""",
            status,
            ifMatch
        );

    private static string Document(bool more = false) =>
        """{"openapi":"3.1.0","info":{"title":"Shop","version":"1.0.0"},"servers":[{"url":"https://shop.example"}],"security":[{"key":[]}],"components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}},"paths":{"/items":{"get":{"operationId":"listItems","description":"Lists items.","parameters":[{"name":"sort","in":"query","schema":{"type":"string","enum":["age","name"]}}]},"post":{"operationId":"addItem"}},"/items/{id}":{"delete":{"operationId":"deleteItem","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}]}}"""
        + (more ? ""","/more":{"get":{"operationId":"listMore"}}""" : "")
        + "}}";
}
