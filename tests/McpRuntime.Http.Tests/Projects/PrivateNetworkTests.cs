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
    public async Task Hosts_are_approved_one_by_one_within_the_operators_networks()
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
        const string Approve = """{"privateHosts":["127.0.0.1"]}""";

        var denied = await manager.SendAsync("PATCH", Connector, Approve, 403, made.Text("etag"));
        var other = await gateway.Client.SendAsync(
            "PATCH",
            Connector,
            """{"privateHosts":["elsewhere.internal"]}""",
            ifMatch: "*"
        );
        await manager.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        Assert.Contains("'privateHosts'", denied.Text("detail"));
        Assert.Equal("[\"elsewhere.internal\"]", other.GetProperty("privateHosts").GetRawText());
        Assert.Empty(upstream.Requests);

        await gateway.Client.SendAsync("PATCH", Connector, Approve, ifMatch: "*");
        await manager.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        Assert.Single(upstream.Requests);
        Assert.Contains("privateHosts", (await Audit.OfAsync(gateway.Client, "connector.change", "ok")).Detail);

        await gateway.Client.SendAsync("PATCH", Connector, """{"privateHosts":[]}""", ifMatch: "*");
        await manager.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData("169.254.169.254", "no approval counts")]
    [InlineData("fe80::1", "no approval counts")]
    [InlineData("100.100.100.200", "no approval counts")]
    [InlineData("10.0.0.1", "MCP_RUNTIME_ALLOWED_NETWORKS=10.0.0.1/32")]
    [InlineData("not a host", "not a host name or an IP address")]
    [InlineData("http://a", "not a host name or an IP address")]
    public async Task What_can_never_be_approved_is_refused_with_the_reason(string host, string reason)
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(
            [("ALLOWED_NETWORKS", "127.0.0.0/8, 169.254.0.0/16, 100.64.0.0/10, fe80::/10")],
            home
        );
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(new Uri("http://127.0.0.1:9")),
            201,
            type: "application/yaml"
        );

        var refused = await gateway.Client.SendAsync(
            "PATCH",
            Connector,
            $$"""{"privateHosts":["{{host}}"]}""",
            400,
            "*"
        );

        Assert.Contains(reason, refused.Text("detail"));
    }

    [Fact]
    public async Task Not_even_all_networks_of_the_operator_cover_metadata_services()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync([("ALLOWED_NETWORKS", "169.254.0.0/16")], home);
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(new Uri("http://169.254.169.254")),
            201,
            type: "application/yaml"
        );

        var refused = await gateway.Client.JsonAsync(Call("get_item", """{"id":7}""", "/projects/p/mcp"));

        Assert.Equal("True", (await gateway.Client.SendAsync("GET", Connector)).Text("privateNetworks"));
        Assert.Contains("no approval counts", refused.Text());
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
