using System.Text.Json;
using McpRuntime.Http.Tests.Mcp;
using static McpRuntime.Http.Tests.ConnectorCredentials.CredentialGateway;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.ConnectorCredentials;

/// <summary>
/// A manager of project p tries to reach, read or redirect what belongs to project q and to the folder: credentials and
/// internal hosts, in every way that the API has.
/// </summary>
public class DelegatedManagerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("shop", "q", 403)]
    [InlineData("shop", null, 403)]
    [InlineData("shop", "nothing", 403)]
    [InlineData("shop", "Q", 400)]
    [InlineData("shop", "p/../q", 400)]
    [InlineData("shop", "q/", 400)]
    [InlineData("shop", "*", 400)]
    [InlineData("shop", "p&project=q", 400)]
    [InlineData("shop", "%71", 403)]
    [InlineData("q/shop", "p", 400)]
    [InlineData("q%2Fshop", null, 400)]
    [InlineData("../q/shop", "p", 400)]
    [InlineData("@q/shop", "p", 404)]
    [InlineData("@q/shop", null, 403)]
    [InlineData("SHOP", "p", 400)]
    [InlineData("", "q", 400)]
    public async Task A_credential_of_others_is_not_reached_by_any_spelling(
        string connector,
        string? project,
        int status
    )
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-all");
        var query = $"?connector={connector}{(project is null ? "" : $"&project={project}")}";
        var body = $$"""{"fields":{"value":"mine"},"origins":["{{gateway.Origin}}"]}""";

        var answers = new List<JsonElement>
        {
            await manager.SendAsync("PUT", "/v1/credentials/key" + query, body, status, "*"),
            await manager.SendAsync("DELETE", "/v1/credentials/key" + query, null, status, "*"),
            await manager.SendAsync("POST", "/v1/credentials/key/confirm" + query, body, status, "*"),
            await manager.SendAsync("POST", "/v1/credentials/key/test" + query, null, status),
        };

        Assert.All(answers, answer => Assert.DoesNotContain(gateway.Origin, answer.ToString()));
        Assert.Empty(gateway.Api.Requests);
        Assert.Equal("set", (await gateway.StateAsync("q")).Text("state"));
        Assert.Equal("set", (await gateway.StateAsync(null)).Text("state"));
        await gateway.CallAsync("q");
        await gateway.CallAsync(null);
        Assert.Equal(["of-q", "of-the-folder"], gateway.Keys);
    }

    [Fact]
    public async Task Nothing_of_others_is_listed_or_told()
    {
        await using var gateway = await StartAsync();
        await gateway.CallAsync("q");
        await Audit.OfAsync(gateway.Admin, "credential.set", "ok");
        using var manager = await gateway.ClientAsync("p-all");

        var listed = (await manager.SendAsync("GET", "/v1/credentials")).GetProperty("credentials");
        Assert.Equal("p", Assert.Single(listed.EnumerateArray()).Text("project"));
        await manager.SendAsync("GET", "/v1/credentials?project=q", status: 403);
        foreach (
            var path in new[]
            {
                "/v1/connectors",
                "/v1/audit",
                "/v1/audit/export",
                "/health",
                "/v1/runtime",
                "/metrics",
            }
        )
        {
            var text = await manager.GetStringAsync(path, Cancelled);
            Assert.DoesNotContain("q/shop", text);
            Assert.DoesNotContain("\"project\":\"q\"", text);
            Assert.DoesNotContain("project=\"q\"", text);
            Assert.DoesNotContain("\"connector\":\"shop\",\"project\":null", text);
        }
        foreach (var path in new[] { "/v1/runtime/log", "/v1/connectors/shop/manifest" })
            await manager.SendAsync("GET", path, status: 403);
    }

    [Theory]
    [InlineData("GET", "/connectors/shop")]
    [InlineData("GET", "/connectors/shop/manifest")]
    [InlineData("GET", "/connectors/shop/history")]
    [InlineData("POST", "/connectors/shop/history/1/restore")]
    [InlineData("PATCH", "/connectors/shop")]
    [InlineData("DELETE", "/connectors/shop")]
    [InlineData("POST", "/connectors")]
    [InlineData("POST", "/imports")]
    [InlineData("GET", "/connectors")]
    public async Task No_route_of_another_project_opens(string method, string path)
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-all");
        foreach (var project in new[] { "q", "p%2F..%2Fq", "p/../q", "Q", "nothing" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/projects/{project}{path}");
            if (method is "POST" or "PATCH")
                request.Content = new StringContent(
                    """{"name":"shop","preview":true}""",
                    System.Text.Encoding.UTF8,
                    "application/json"
                );
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await manager.SendAsync(request, Cancelled);
            Assert.Equal(403, (int)answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("@q/shop")]
    [InlineData("@team/shop")]
    public async Task A_connector_of_the_same_name_gets_nothing_of_others(string name)
    {
        await using var gateway = await StartAsync(withP: false);
        gateway.Home.Write("connectors/@q/shop.yaml", Manifest(gateway.Api.Url, "@q/shop"));
        gateway.Home.Write("connectors/@team/shop.yaml", Manifest(gateway.Api.Url, "@team/shop"));
        await gateway.Admin.SendAsync("POST", "/v1/runtime/reload");
        foreach (var connector in new[] { "@q/shop", "@team/shop" })
            await gateway.SetAsync(null, connector);
        using var manager = await gateway.ClientAsync("p-all");
        await InstallAsync(manager, "p", Manifest(gateway.Api.Url, name));
        await AllowNetworksAsync(gateway, name);

        var (isError, text) = await gateway.CallAsync("p", manager);

        Assert.True(isError);
        Assert.Contains("needs a credential", text);
        Assert.Equal("missing", (await gateway.StateAsync("p", name, manager)).Text("state"));
        Assert.Empty(gateway.Keys);
    }

    [Fact]
    public async Task A_manager_of_connectors_alone_cannot_confirm_what_they_changed()
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-connectors");
        await ReplaceAsync(manager, "p", Manifest(gateway.Elsewhere.Url));
        await AllowNetworksAsync(gateway, "shop");

        Assert.Contains("needs confirmation", (await gateway.CallAsync("p", manager)).Text);
        var body = $$"""{"origins":["{{gateway.Other}}"]}""";
        await manager.SendAsync("POST", CredentialGateway.Path(action: "/confirm"), body, 403, "*");
        await manager.SendAsync("POST", CredentialGateway.Path(action: "/test"), null, 403);
        await manager.SendAsync("PUT", CredentialGateway.Path(), body, 403, "*");
        await manager.SendAsync("GET", "/v1/credentials", status: 403);
        Assert.Empty(gateway.Elsewhere.Requests);

        using var holder = await gateway.ClientAsync("p-credentials");
        await holder.SendAsync("POST", CredentialGateway.Path(action: "/confirm"), body, 200, "*");
        await gateway.CallAsync("p");
        Assert.Single(gateway.Elsewhere.Requests);
    }

    [Fact]
    public async Task An_import_over_a_connector_does_not_carry_its_credential_along()
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-connectors");
        var document =
            """{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"servers":[{"url":"ELSEWHERE"}],"security":[{"key":[]}],"components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}},"paths":{"/items":{"get":{"operationId":"listItems"}}}}""".Replace(
                "ELSEWHERE",
                gateway.Other,
                StringComparison.Ordinal
            );

        var preview = await manager.SendAsync(
            "POST",
            "/v1/projects/p/imports",
            $$"""{"name":"shop","document":{{document}},"preview":true}"""
        );
        await manager.SendAsync(
            "POST",
            "/v1/projects/p/imports",
            $$"""{"name":"shop","document":{{document}}}""",
            201,
            "*"
        );
        await AllowNetworksAsync(gateway, "shop");
        var (isError, _) = await gateway.CallAsync("p", manager);

        Assert.True(preview.GetProperty("difference").GetProperty("breaking").GetBoolean());
        Assert.DoesNotContain("of-p", preview.ToString());
        Assert.True(isError);
        Assert.Empty(gateway.Elsewhere.Requests);
    }

    [Fact]
    public async Task A_project_that_is_made_again_has_no_credential()
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-all");
        await manager.SendAsync("DELETE", "/v1/projects/p", status: 204, ifMatch: "*");
        await manager.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await InstallAsync(manager, "p", Manifest(gateway.Api.Url));
        await AllowNetworksAsync(gateway, "shop");

        Assert.Contains("needs a credential", (await gateway.CallAsync("p", manager)).Text);
        Assert.Equal("missing", (await gateway.StateAsync("p", client: manager)).Text("state"));
        await manager.SendAsync(
            "POST",
            CredentialGateway.Path(action: "/confirm"),
            $$"""{"origins":["{{gateway.Origin}}"]}""",
            409,
            "*"
        );
        Assert.Empty(gateway.Keys);
    }

    [Fact]
    public async Task Internal_hosts_are_not_reached_by_changing_restoring_importing_or_testing()
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-all");
        const string Shop = "/v1/projects/p/connectors/shop";

        // Installed by an admin, it may; what a manager restores, imports or writes may not.
        await gateway.CallAsync("p");
        Assert.Equal(["of-p"], gateway.Keys);
        var restored = await manager.SendAsync("POST", Shop + "/history/1/restore", ifMatch: "*");
        Assert.Equal(
            ("False", "[]"),
            (restored.Text("privateNetworks"), restored.GetProperty("privateHosts").GetRawText())
        );
        Assert.True((await gateway.CallAsync("p", manager)).IsError);
        var tested = await manager.SendAsync("POST", CredentialGateway.Path(action: "/test"));
        Assert.Equal(("False", ""), (tested.Text("ok"), tested.Text("status")));
        foreach (var change in new[] { """{"privateNetworks":true}""", """{"privateHosts":["127.0.0.1"]}""" })
            await manager.SendAsync("PATCH", Shop, change, 403, "*");
        await manager.SendAsync(
            "POST",
            "/v1/projects/p/imports",
            $$"""{"name":"x","url":"{{gateway.Elsewhere.Url}}openapi.json","preview":true}""",
            422
        );
        await ReplaceAsync(manager, "p", Manifest(gateway.Elsewhere.Url, "shop"));
        await manager.JsonAsync(Call("list_items", "{}", "/projects/p/mcp"));

        Assert.Equal(["of-p"], gateway.Keys);
        Assert.Empty(gateway.Elsewhere.Requests);
    }

    [Fact]
    public async Task Approved_hosts_end_when_someone_without_the_right_writes_the_manifest()
    {
        await using var gateway = await StartAsync();
        using var manager = await gateway.ClientAsync("p-all");
        const string Shop = "/v1/projects/p/connectors/shop";
        await gateway.Admin.SendAsync(
            "PATCH",
            Shop,
            """{"privateNetworks":false,"privateHosts":["127.0.0.1"]}""",
            ifMatch: "*"
        );
        Assert.False((await gateway.CallAsync("p", manager)).IsError);

        await ReplaceAsync(manager, "p", Manifest(gateway.Api.Url) + "\n");
        Assert.True((await gateway.CallAsync("p", manager)).IsError);
        await manager.SendAsync("POST", Shop + "/history/2/restore", ifMatch: "*");

        Assert.True((await gateway.CallAsync("p", manager)).IsError);
        Assert.Equal("[]", (await gateway.Admin.SendAsync("GET", Shop)).GetProperty("privateHosts").GetRawText());
        Assert.Equal(["of-p"], gateway.Keys);
    }

    // Loopback stands for the internet here: what holds has to hold where addresses refuse nothing.
    private static Task<JsonElement> AllowNetworksAsync(CredentialGateway gateway, string name) =>
        gateway.Admin.SendAsync(
            "PATCH",
            $"/v1/projects/p/connectors/{Uri.EscapeDataString(name)}",
            """{"privateNetworks":true}""",
            ifMatch: "*"
        );

    private static async Task<CredentialGateway> StartAsync(bool withP = true)
    {
        var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync("q");
        await gateway.SetAsync("q", value: "of-q");
        await gateway.SetAsync(null, value: "of-the-folder");
        if (withP)
        {
            await gateway.InstallAsync();
            await gateway.SetAsync(value: "of-p");
        }
        return gateway;
    }
}
