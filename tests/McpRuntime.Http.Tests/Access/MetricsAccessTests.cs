using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Access;

/// <summary>Metrics name connectors and tools, so they show a caller what it may see.</summary>
public class MetricsAccessTests
{
    private static readonly string[] Tools = ["get_item", "delete_item", "get_secret"];

    [Theory]
    [InlineData("admin", "get_item delete_item get_secret", true)]
    [InlineData("reader", "get_item get_secret", true)]
    [InlineData("user", "get_item delete_item get_secret", true)]
    [InlineData("team", "get_secret", false)]
    [InlineData("watcher", "get_secret", false)]
    [InlineData("crm", "", true)]
    [InlineData("other", "", false)]
    public async Task Metrics_show_the_tools_of_the_caller(string role, string tools, bool showsGateway)
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var roles = home.Write(
            "roles.json",
            """
            {"roles": {"team": {"projects": ["secret"], "access": "read"}, "other": {"projects": ["other"]},
             "watcher": {"projects": ["secret"], "access": "none", "rights": ["runtime"]}, "crm": {"connectors": ["crm"]}}}
            """
        );
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback, ("ROLES_FILE", roles)], home);
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"secret"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/secret/connectors",
            Manifests.Shop(upstream.Url, "vault").Replace("get_item", "get_secret", StringComparison.Ordinal),
            201,
            type: "application/yaml"
        );
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item", """{"id":1}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/delete_item", """{"id":1}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/get_secret?project=secret", """{"id":1}""");
        using var caller = await gateway.ClientAsync(role);

        var metrics = await caller.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        var shown = Tools.Where(tool => metrics.Contains($"gen_ai_tool_name=\"{tool}\"", StringComparison.Ordinal));
        Assert.Equal(tools, string.Join(' ', shown));
        Assert.Equal(showsGateway, metrics.Contains("mcp_runtime_audit_waiting ", StringComparison.Ordinal));
    }
}
