using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Projects;

/// <summary>The networks that the operator allows are for connectors of those who hold the right 'network'.</summary>
public class PrivateNetworkTests
{
    private const string Roles =
        """{"roles": {"manager": {"projects": ["p"], "access": "destructive", "rights": ["connectors"]}}}""";
    private const string Connector = "/v1/projects/p/connectors/shop";

    [Fact]
    public async Task A_connector_of_someone_without_the_right_reaches_public_addresses_alone()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home);
        using var manager = await gateway.ClientAsync("manager");
        var made = await manager.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(upstream.Url),
            201,
            type: "application/yaml"
        );

        var refused = await manager.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        await manager.SendAsync("PATCH", Connector, """{"privateNetworks":true}""", 403, made.Text("etag"));
        Assert.Empty(upstream.Requests);
        Assert.Contains("the right 'network'", refused.Text());

        var allowed = await gateway.Client.SendAsync(
            "PATCH",
            Connector,
            """{"privateNetworks":true}""",
            ifMatch: made.Text("etag")
        );
        await manager.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        Assert.Single(upstream.Requests);

        // Another manifest is another question.
        await manager.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(upstream.Url) + "\n",
            201,
            allowed.Text("etag"),
            "application/yaml"
        );
        await manager.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        Assert.Single(upstream.Requests);
        Assert.Equal("False", (await manager.SendAsync("GET", Connector)).Text("privateNetworks"));
    }

    [Fact]
    public async Task An_import_fetches_from_them_for_holders_of_the_right_alone()
    {
        const string Document =
            """{"openapi":"3.0.3","info":{"title":"Shop","version":"1"},"servers":[{"url":"https://shop.example"}],"paths":{"/a":{"get":{"operationId":"readA","responses":{"200":{"description":"ok"}}}}}}""";
        await using var upstream = Manifests.Upstream(Document);
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home);
        using var manager = await gateway.ClientAsync("manager");
        var body = $$"""{"name":"shop","url":"{{upstream.Url}}openapi.json"}""";

        await manager.SendAsync("POST", "/v1/projects/p/imports", body, 422);
        Assert.Empty(upstream.Requests);
        await gateway.Client.SendAsync("POST", "/v1/projects/p/imports", body, 201);
    }

    private static async Task<RunningGateway> StartAsync(TemporaryFolder home)
    {
        var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("ROLES_FILE", home.Write("roles.json", Roles))],
            home
        );
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        return gateway;
    }
}
