using System.Net;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Access;

/// <summary>
/// Someone who manages the projects of one team tries to get at others, and to hand out more than they hold.
/// </summary>
public class DelegationTests
{
    private const string Roles = """
        {"roles": {
          "manager": {"projects": ["team-*"], "access": "write", "rights": ["tokens", "projects", "connectors", "credentials", "audit", "runtime"]},
          "helpdesk": {"rights": ["tokens"], "access": "none"},
          "team-reader": {"projects": ["team-a", "team-b*"]},
          "team-crm": {"projects": ["team-*"], "connectors": ["crm"], "tools": ["get_*"], "access": "write"},
          "team-auditor": {"projects": ["team-?"], "rights": ["audit"], "access": "none"},
          "team-deleter": {"projects": ["team-a"], "access": "destructive"},
          "team-network": {"projects": ["team-a"], "rights": ["network"], "access": "none"},
          "other-reader": {"projects": ["other"]},
          "wider-reader": {"projects": ["team-a", "*"]},
          "all-auditor": {"rights": ["audit"], "access": "none"},
          "watcher": {"projects": ["team-a"], "rights": ["runtime"], "access": "none"}
        }}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("team-reader", 201)]
    [InlineData("team-crm", 201)]
    [InlineData("team-auditor", 201)]
    [InlineData("manager", 201)]
    [InlineData("team-deleter", 403)]
    [InlineData("team-network", 403)]
    [InlineData("other-reader", 403)]
    [InlineData("wider-reader", 403)]
    [InlineData("all-auditor", 403)]
    [InlineData("helpdesk", 403)]
    [InlineData("reader", 403)]
    [InlineData("admin", 403)]
    public async Task A_token_grants_no_more_than_its_maker_holds(string role, int status)
    {
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home);
        using var manager = await gateway.ClientAsync("manager");

        var alone = await manager.SendAsync(
            "POST",
            "/v1/tokens",
            $$"""{"name":"x","roles":["{{role}}"],"days":1}""",
            status
        );
        // One that is held does not cover for one that is not.
        await manager.SendAsync(
            "POST",
            "/v1/tokens",
            $$"""{"name":"x","roles":["team-reader","{{role}}"],"days":1}""",
            status
        );

        if (status == 403)
            Assert.Contains("manager, team-reader, team-crm, team-auditor", alone.Text("detail"));
    }

    [Theory]
    [InlineData("reader", "team-a", 201)]
    [InlineData("reader", "team-?", 201)]
    [InlineData("team-crm", "team-a", 201)]
    [InlineData("reader", "*", 403)]
    [InlineData("reader", "other", 403)]
    [InlineData("reader", "team", 403)]
    [InlineData("reader", "?eam-a", 403)]
    [InlineData("user", "team-a", 403)]
    [InlineData("admin", "team-a", 403)]
    [InlineData("helpdesk", "team-a", 201)]
    [InlineData("reader", "Team-A", 400)]
    [InlineData("reader", "team-a other", 400)]
    public async Task A_token_that_is_limited_to_projects_grants_a_role_there_alone(
        string role,
        string projects,
        int status
    )
    {
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home);
        using var manager = await gateway.ClientAsync("manager");

        await manager.SendAsync(
            "POST",
            "/v1/tokens",
            $$"""{"name":"x","roles":["{{role}}"],"projects":["{{projects}}"],"days":1}""",
            status
        );
        // A role that is limited itself does not get further by a wider limit of the token.
        if (status == 201)
            await manager.SendAsync(
                "POST",
                "/v1/tokens",
                $$"""{"name":"x","roles":["{{role}}"],"projects":["{{projects}}","other"],"days":1}""",
                role == "team-crm" ? 201 : 403
            );
    }

    [Fact]
    public async Task A_limited_token_sees_and_calls_in_its_projects_alone()
    {
        using var home = new TemporaryFolder();
        await using var upstream = Manifests.Upstream();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await StartAsync(home, "team-a", "team-b");
        using var manager = await gateway.ClientAsync("manager");
        foreach (var project in new[] { "team-a", "team-b" })
            await gateway.Client.SendAsync(
                "POST",
                $"/v1/projects/{project}/connectors",
                Manifests.Shop(upstream.Url),
                201,
                type: "application/yaml"
            );
        var made = await manager.SendAsync(
            "POST",
            "/v1/tokens",
            """{"name":"x","roles":["reader"],"projects":["team-a"]}""",
            201
        );
        using var reader = new HttpClient { BaseAddress = gateway.Url };
        reader.DefaultRequestHeaders.Authorization = new("Bearer", made.Text("token"));
        using var everywhere = await gateway.ClientAsync("reader");

        // The lists of tools are kept by what a caller may see; the limited reader is another than the plain one.
        Assert.Contains("get_item", (await everywhere.JsonAsync(Modern("tools/list"))).ToolNames());
        Assert.Contains(
            "get_item",
            (await everywhere.JsonAsync(Modern("tools/list", path: "/projects/team-b/mcp"))).ToolNames()
        );
        Assert.Contains(
            "get_item",
            (await reader.JsonAsync(Modern("tools/list", path: "/projects/team-a/mcp"))).ToolNames()
        );
        await reader.JsonAsync(Modern("tools/list", path: "/projects/team-b/mcp"), 404);
        await reader.JsonAsync(Modern("tools/list"), 404);
        await reader.SendAsync("GET", "/v1/tools?project=team-b", status: 404);
        await reader.SendAsync("GET", "/v1/tools?project=team-a");

        Assert.Equal("""["team-a"]""", made.GetProperty("projects").ToString());
        Assert.Contains("x", Names(await manager.SendAsync("GET", "/v1/tokens")));
    }

    [Fact]
    public async Task An_auditor_whose_token_is_limited_reads_the_audit_of_that_project()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home, "team-a", "team-b", "team-cc");
        using var pattern = await gateway.ClientAsync(["team-auditor"], ["*a"]);
        using var all = await gateway.ClientAsync(["all-auditor"], ["team-a"]);

        Assert.Equal(["project.create team-a"], await EntriesAsync(pattern, 1));
        Assert.Equal(["project.create team-a"], await EntriesAsync(all, 1));
    }

    [Fact]
    public async Task Tokens_that_can_do_more_than_the_caller_are_neither_seen_nor_revoked()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home);
        using var manager = await gateway.ClientAsync("manager");
        using var helpdesk = await gateway.ClientAsync("helpdesk");
        var own = await manager.SendAsync(
            "POST",
            "/v1/tokens",
            """{"name":"own","roles":["team-reader"],"days":1}""",
            201
        );
        var all = (await gateway.Client.SendAsync("GET", "/v1/tokens")).GetProperty("tokens").EnumerateArray().ToList();

        Assert.Equal(["own", "test"], Names(await manager.SendAsync("GET", "/v1/tokens")).Order());
        Assert.Equal(["test"], Names(await helpdesk.SendAsync("GET", "/v1/tokens")));
        foreach (var token in all.Where(token => token.GetProperty("roles")[0].GetString() is "admin" or "helpdesk"))
            await manager.SendAsync("DELETE", $"/v1/tokens/{token.Text("id")}", status: 404);
        await helpdesk.SendAsync("DELETE", $"/v1/tokens/{own.Text("id")}", status: 404);
        await manager.SendAsync("DELETE", $"/v1/tokens/{own.Text("id")}", status: 204);
        await gateway.Client.SendAsync("GET", "/v1/tokens");
    }

    [Fact]
    public async Task Projects_are_listed_made_and_deleted_within_the_pattern_alone()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home, "other", "team-a", "team-b", "zeta");
        using var manager = await gateway.ClientAsync("manager");

        var first = await manager.SendAsync("GET", "/v1/projects?limit=1");
        var second = await manager.SendAsync("GET", "/v1/projects?limit=1&after=" + first.Text("next"));
        await manager.SendAsync("POST", "/v1/projects", """{"name":"others"}""", 403);
        await manager.SendAsync("POST", "/v1/projects", """{"name":"team-c"}""", 201);
        await manager.SendAsync("DELETE", "/v1/projects/other", status: 403, ifMatch: "*");
        await manager.SendAsync("DELETE", "/v1/projects/team-c", status: 204, ifMatch: "*");

        Assert.Equal(
            ["team-a", "team-b"],
            new[] { first, second }
                .SelectMany(page => page.GetProperty("projects").EnumerateArray())
                .Select(project => project.Text("name"))
        );
        Assert.False((await manager.SendAsync("GET", "/v1/projects?limit=50")).TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("/v1/projects/other")]
    [InlineData("/v1/projects/other/")]
    [InlineData("/v1/projects/OTHER")]
    [InlineData("/V1/Projects/other")]
    [InlineData("//v1/projects/other")]
    [InlineData("/v1//projects/other")]
    [InlineData("/v1/projects/%6fther")]
    [InlineData("/v1/projects/%256fther")]
    [InlineData("/v1/projects/team-a/../other")]
    [InlineData("/v1/projects/team-a/%2e%2e/other")]
    [InlineData("/v1/projects/team-a%2f..%2fother")]
    [InlineData("/v1/projects/team-a%00other")]
    [InlineData("/v1/projects/team-a%0a")]
    [InlineData("/v1/projects/other;team-a")]
    [InlineData("/v1/projects/other%20")]
    [InlineData("/v1/projects/team-a/connectors/../../other/connectors/shop")]
    [InlineData("/v1/projects/team-a/connectors/other/shop")]
    [InlineData("/v1/projects/team-a/connectors/..%2f..%2fother%2fconnectors%2fshop")]
    [InlineData("/v1/projects/other/connectors/shop?project=team-a")]
    [InlineData("/projects/other/mcp")]
    [InlineData("/v1/tools?project=other")]
    [InlineData("/v1/tools?project=team-a&project=other")]
    [InlineData("/v1/runtime/reload")]
    [InlineData("/mcp/shop")]
    public async Task No_spelling_of_a_path_reaches_another_project(string path)
    {
        using var home = new TemporaryFolder();
        await using var upstream = Manifests.Upstream();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await StartAsync(home, "other", "team-a");
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/other/connectors",
            Manifests.Shop(upstream.Url),
            201,
            type: "application/yaml"
        );
        using var manager = await gateway.ClientAsync("manager");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Post })
        {
            // As it stands here: the client's own cleaning of paths would send something harmless.
            using var request = new HttpRequestMessage(
                method,
                new Uri(
                    gateway.Url.GetLeftPart(UriPartial.Authority) + path,
                    new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
                )
            );
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await manager.SendAsync(request, Cancelled);

            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{method} {path}: {answer.StatusCode}");
            Assert.DoesNotContain("get_item", await answer.Content.ReadAsStringAsync(Cancelled));
        }
        await gateway.Client.SendAsync("GET", "/v1/projects/other/connectors/shop");
    }

    [Fact]
    public async Task Audit_health_and_status_tell_of_own_projects_alone()
    {
        using var home = new TemporaryFolder();
        await using var upstream = Manifests.Upstream();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await StartAsync(home, "other", "team-a");
        foreach (var project in new[] { "other", "team-a" })
        {
            await gateway.Client.SendAsync(
                "POST",
                $"/v1/projects/{project}/connectors",
                Manifests.Shop(upstream.Url),
                201,
                type: "application/yaml"
            );
            await gateway.Client.JsonAsync(Call("get_item", """{"id":7}""", $"/projects/{project}/mcp"));
        }
        await gateway.Client.JsonAsync(Call("get_item", """{"id":7}"""));
        using var manager = await gateway.ClientAsync("manager");

        var health = await manager.SendAsync("GET", "/health");
        var status = await manager.SendAsync("GET", "/v1/runtime");
        var entries = await EntriesAsync(manager, 3);

        using var watcher = await gateway.ClientAsync("watcher");
        var watched = (await watcher.SendAsync("GET", "/health")).GetProperty("connectors").EnumerateArray().Single();
        using var reader = await gateway.ClientAsync("reader");

        Assert.Equal(
            ["team-a"],
            health.GetProperty("connectors").EnumerateArray().Select(connector => connector.Text("project"))
        );
        Assert.Equal("not needed", health.GetProperty("connectors")[0].Text("credentials"));
        Assert.Equal(("team-a", "closed"), (watched.Text("project"), watched.Text("breaker")));
        Assert.False(watched.TryGetProperty("credentials", out _));
        Assert.Equal("""{"status":"ready"}""", await reader.GetStringAsync("/health", Cancelled));
        Assert.False(status.TryGetProperty("connectors", out _));
        Assert.Equal(
            ["tool.call team-a/shop:get_item", "connector.install team-a/shop", "project.create team-a"],
            entries
        );
    }

    private static async Task<IReadOnlyList<string>> EntriesAsync(HttpClient client, int count) =>
        [
            .. (await Audit.EntriesAsync(client, _ => true, count)).Select(entry =>
                $"{entry.Text("action")} {entry.Text("target")}"
            ),
        ];

    private static IEnumerable<string> Names(System.Text.Json.JsonElement tokens) =>
        tokens.GetProperty("tokens").EnumerateArray().Select(token => token.Text("name"));

    private static async Task<RunningGateway> StartAsync(TemporaryFolder home, params string[] projects)
    {
        var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("ROLES_FILE", home.Write("roles.json", Roles))],
            home
        );
        foreach (var project in projects)
            await gateway.Client.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
        return gateway;
    }
}
