using System.Text.Json;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Projects;

/// <summary>Projects over HTTP, on both databases.</summary>
public class ProjectTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_project_is_made_read_changed_and_deleted(bool isPostgres)
    {
        await using var gateway = await StartAsync(isPostgres);
        using var admin = gateway.Admin();

        await admin.SendAsync("POST", "/v1/projects", """{"name":"a"}""", 201);
        var made = (
            await admin.SendAsync("POST", "/v1/projects", """{"name":"b","title":"Bee","description":"Second"}""", 201)
        ).Text("etag");
        await admin.SendAsync("POST", "/v1/projects", """{"name":"a"}""", 409);
        await admin.SendAsync("POST", "/v1/projects", """{"name":"Not A Name"}""", 400);
        var page = await admin.SendAsync("GET", "/v1/projects?limit=1");
        var next = await admin.SendAsync("GET", "/v1/projects?limit=1&after=" + page.Text("next"));
        await admin.SendAsync("PUT", "/v1/projects/b", """{"title":"Cee"}""", 428);
        var changed = await admin.SendAsync("PUT", "/v1/projects/b", """{"title":"Cee"}""", ifMatch: made);
        await admin.SendAsync("PUT", "/v1/projects/b", """{"title":"Dee"}""", 412, made);
        await admin.SendAsync("DELETE", "/v1/projects/b", status: 412, ifMatch: made);
        await admin.SendAsync("DELETE", "/v1/projects/b", status: 204, ifMatch: changed.Text("etag"));
        await admin.SendAsync("GET", "/v1/projects/b", status: 404);

        Assert.Equal("a", page.GetProperty("projects")[0].Text("name"));
        Assert.Equal("Second", next.GetProperty("projects")[0].Text("description"));
        Assert.Equal(("Cee", "2"), (changed.Text("title"), changed.Text("version")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_project_stores_what_clients_see_and_the_url_wins(bool isPostgres)
    {
        await using var gateway = await StartAsync(isPostgres);
        using var admin = gateway.Admin();
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p","expose":"some"}""", 400);
        var made = await admin.SendAsync("POST", "/v1/projects", """{"name":"p","expose":"search"}""", 201);
        await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(new Uri("http://127.0.0.1:9")),
            201,
            type: "application/yaml"
        );

        Assert.Equal("search", made.Text("expose"));
        Assert.Contains("search_tools", await NamesAsync("/projects/p/mcp"));
        Assert.DoesNotContain("get_item", await NamesAsync("/projects/p/mcp"));
        Assert.Contains("get_item", await NamesAsync("/projects/p/mcp?expose=all"));

        var changed = await admin.SendAsync("PUT", "/v1/projects/p", """{"title":"P"}""", ifMatch: made.Text("etag"));

        Assert.Equal(JsonValueKind.Null, changed.GetProperty("expose").ValueKind);
        Assert.Contains("get_item", await NamesAsync("/projects/p/mcp"));
        Assert.DoesNotContain("search_tools", await NamesAsync("/projects/p/mcp"));

        async Task<string?[]> NamesAsync(string path) =>
            [.. (await admin.JsonAsync(Modern("tools/list", path: path))).ToolNames()];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connector_is_installed_filtered_switched_and_removed(bool isPostgres)
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await StartAsync(isPostgres);
        using var admin = gateway.Admin();
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await admin.JsonAsync(Modern("tools/list", path: "/projects/nobody/mcp"), 404);

        var first = (
            await admin.SendAsync(
                "POST",
                "/v1/projects/p/connectors",
                Manifests.Shop(upstream.Url, "@team/shop"),
                201,
                type: "application/yaml"
            )
        ).Text("etag");
        Assert.Equal("read_result get_item add_item delete_item", await ToolsAsync(admin));
        await admin.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        await admin.SendAsync(
            "PATCH",
            "/v1/projects/p/connectors/@team/shop",
            """{"tools":["*_item"],"readOnly":true}""",
            ifMatch: first
        );
        Assert.Equal("read_result get_item", await ToolsAsync(admin));
        await admin.SendAsync("PATCH", "/v1/projects/p/connectors/@team/shop", """{"readOnly":false}""", 412, first);
        await admin.SendAsync("PATCH", "/v1/projects/p/connectors/@team/shop", """{"enabled":false}""", ifMatch: "*");
        Assert.Equal("", await ToolsAsync(admin));
        await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(upstream.Url, "@team/shop"),
            428,
            type: "application/yaml"
        );
        await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(upstream.Url, "@team/shop"),
            201,
            "*",
            "application/yaml"
        );
        Assert.Equal("", await ToolsAsync(admin));
        var kept = await admin.SendAsync("GET", "/v1/projects/p/connectors/@team/shop");
        await admin.SendAsync(
            "DELETE",
            "/v1/projects/p/connectors/@team/shop",
            status: 204,
            ifMatch: kept.Text("etag")
        );
        await admin.SendAsync("GET", "/v1/projects/p/connectors/@team/shop", status: 404);

        Assert.Equal("False", kept.Text("enabled"));
        Assert.Contains("get_item", kept.Text("manifest"));
        Assert.Single(upstream.Requests);
        Assert.DoesNotContain("get_item", (await admin.JsonAsync(Modern("tools/list"))).ToolNames());
    }

    [Fact]
    public async Task A_manifest_that_is_not_valid_is_not_installed()
    {
        await using var gateway = await StartAsync(isPostgres: false);
        using var admin = gateway.Admin();
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);

        var problem = await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            "connector: { nam: x }",
            422,
            type: "application/yaml"
        );

        Assert.NotEqual(0, problem.GetProperty("findings").GetArrayLength());
        Assert.Equal(
            0,
            (await admin.SendAsync("GET", "/v1/projects/p/connectors")).GetProperty("connectors").GetArrayLength()
        );
    }

    [Fact]
    public async Task A_project_never_gets_the_credential_of_another_or_of_the_folder()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        var manifest =
            Manifests.Shop(upstream.Url)
            + "\n  security_schemes: { key: { type: api_key, location: header, key_name: X-Key } }\n  security: [ { key: [] } ]\n";
        home.Write("connectors/shop.yaml", manifest);
        var origin = upstream.Url.AbsoluteUri.TrimEnd('/');
        foreach (var (owner, value) in new[] { ("SHOP", "of-the-folder"), ("ONE_2FSHOP", "of-one") })
        {
            home.Write($"secrets/MCP_RUNTIME_CREDENTIAL__{owner}__KEY__VALUE", value);
            home.Write($"secrets/MCP_RUNTIME_CREDENTIAL__{owner}__KEY__ORIGINS", origin);
        }
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("CREDENTIALS_DIR", home.PathOf("secrets"))],
            home
        );
        using var admin = gateway.Admin();
        foreach (var project in new[] { "one", "two" })
        {
            await admin.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
            await admin.SendAsync(
                "POST",
                $"/v1/projects/{project}/connectors",
                manifest,
                201,
                type: "application/yaml"
            );
        }

        await admin.JsonAsync(Call("get_item", """{"id":7}"""));
        await admin.JsonAsync(Call("get_item", """{"id":7}""", "/projects/one/mcp"));
        var refused = await admin.JsonAsync(Call("get_item", """{"id":7}""", "/projects/two/mcp"));

        Assert.Equal(
            ["of-the-folder", "of-one"],
            upstream.Requests.Select(request => request.Header("X-Key").Single())
        );
        Assert.Contains("needs a credential", refused.Text());
        var health = (await admin.SendAsync("GET", "/health"))
            .GetProperty("connectors")
            .EnumerateArray()
            .Select(connector =>
                (connector.TryGetProperty("project", out var project) ? project.GetString() : "")
                + ":"
                + (connector.Text("credentials") == "good")
            );
        Assert.Equal([":True", "one:True", "two:False"], health);
    }

    [Fact]
    public async Task A_document_is_imported_under_the_rules_of_the_gateway()
    {
        const string Document =
            """{"openapi":"3.0.3","info":{"title":"Shop","version":"1"},"servers":[{"url":"https://shop.example"}],"paths":{"/a":{"get":{"operationId":"readA","responses":{"200":{"description":"ok"}}}}}}""";
        await using var upstream = Manifests.Upstream(Document);
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);

        var inline = await admin.SendAsync(
            "POST",
            "/v1/projects/p/imports",
            $$"""{"name":"shop","document":{{Document}} }""",
            201
        );
        var refused = await admin.SendAsync(
            "POST",
            "/v1/projects/p/imports",
            $$"""{"name":"x","url":"{{upstream.Url}}openapi.json"}""",
            422
        );
        await admin.SendAsync("POST", "/v1/projects/p/imports", """{"name":"x","url":"file:///etc/passwd"}""", 400);

        Assert.Equal(("shop", "1"), (inline.Text("name"), inline.Text("tools")));
        Assert.Empty(upstream.Requests);
        Assert.Contains("loopback", refused.ToString());
    }

    [Fact]
    public async Task Findings_of_an_import_name_the_fields_of_the_request()
    {
        const string Document = """
            {"openapi":"3.0.3","info":{"title":"Shop","version":"1"},"servers":[{"url":"SERVER"}],"paths":{"/a":{"get":{"operationId":"readA",
            "responses":{"200":{"description":"ok"}}},"post":{"operationId":"addA","responses":{"200":{"description":"ok"}}}}}}
            """;
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);

        var nothing = await ImportAsync(
            "https://shop.example",
            "\"paths\":[\"/none\"],\"readOnly\":true,\"maxTools\":1",
            422
        );
        var relative = await ImportAsync("/v1", "\"readOnly\":true", 422);
        var local = await ImportAsync("http://127.0.0.1:1", "\"readOnly\":true", 201);

        Assert.Contains("No operation matched. Relax 'paths' or 'readOnly'.", nothing, StringComparison.Ordinal);
        Assert.Contains("Specify the server with 'baseUrl'.", relative, StringComparison.Ordinal);
        Assert.Contains(
            "Calls are refused until MCP_RUNTIME_ALLOWED_NETWORKS has its network.",
            local,
            StringComparison.Ordinal
        );
        Assert.All([nothing, relative, local], text => Assert.DoesNotMatch("--[a-z]", text));

        async Task<string> ImportAsync(string server, string choices, int status)
        {
            var document = Document.Replace("SERVER", server, StringComparison.Ordinal);
            var reply = await admin.SendAsync(
                "POST",
                "/v1/projects/p/imports",
                $$"""{"name":"shop",{{choices}},"document":{{document}} }""",
                status
            );
            return System.Text.RegularExpressions.Regex.Unescape(reply.ToString());
        }
    }

    [Fact]
    public async Task Gateways_of_one_database_follow_each_other()
    {
        await using var upstream = Manifests.Upstream();
        var url = await postgres.CreateDatabaseAsync();
        await using var first = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        await using var second = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        using var admin = first.Admin();
        using var other = new HttpClient { BaseAddress = second.Url };
        other.DefaultRequestHeaders.Authorization = new("Bearer", first.Token);
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(upstream.Url),
            201,
            type: "application/yaml"
        );

        using var guard = new CancellationTokenSource(ProcessRunner.HangGuard);
        string seen;
        do
        {
            seen = await (await other.GetAsync("/v1/tools?project=p", guard.Token)).Content.ReadAsStringAsync(
                guard.Token
            );
        } while (!seen.Contains("get_item", StringComparison.Ordinal));
    }

    private static async Task<string> ToolsAsync(HttpClient client) =>
        string.Join(
            ' ',
            (await client.JsonAsync(Modern("tools/list", path: "/projects/p/mcp")))
                .ToolNames()
                .Except(["echo", "hello", "get_time"])
        );

    private async Task<RunningGateway> StartAsync(bool isPostgres) =>
        await RunningGateway.StartAsync(
            isPostgres
                ? [Manifests.Loopback, ("DATABASE_URL", await postgres.CreateDatabaseAsync())]
                : [Manifests.Loopback]
        );
}
