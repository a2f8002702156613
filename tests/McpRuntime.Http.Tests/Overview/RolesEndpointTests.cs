using System.Text.Json;
using McpRuntime.Http.Connectors;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.Overview;

/// <summary>What <c>/v1/roles</c> tells to whom.</summary>
public class RolesEndpointTests
{
    private const string Roles = """
        {"roles": {
          "lead": {"projects": ["crm-*"], "tools": ["get_*"], "access": "write", "rights": ["tokens"]},
          "support": {"projects": ["crm-eu"], "access": "read"},
          "outsider": {"projects": ["billing"], "access": "read"}}}
        """;

    [Fact]
    public async Task Roles_are_told_with_what_they_grant()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync([("ROLES_FILE", home.Write("roles.json", Roles))]);

        var roles = (await gateway.Client.SendAsync("GET", "/v1/roles")).GetProperty("roles").EnumerateArray().ToList();

        Assert.Equal(
            ["admin", "lead", "outsider", "reader", "support", "user"],
            roles.Select(role => role.Text("name")).Order()
        );
        var lead = roles.Single(role => role.Text("name") == "lead");
        Assert.Equal(["get_*"], Names(lead, "tools"));
        Assert.Empty(Names(lead, "connectors"));
        Assert.Equal(["crm-*"], Names(lead, "projects"));
        Assert.Equal("write", lead.Text("access"));
        Assert.Equal(["tokens"], Names(lead, "rights"));
        Assert.Equal(
            JsonValueKind.Null,
            roles.Single(role => role.Text("name") == "reader").GetProperty("projects").ValueKind
        );
    }

    [Fact]
    public async Task Those_who_make_tokens_for_their_projects_see_the_roles_that_they_can_grant()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync([("ROLES_FILE", home.Write("roles.json", Roles))]);
        using var lead = await gateway.ClientAsync("lead");
        using var limited = await gateway.ClientAsync(["admin"], ["crm-eu"]);
        using var reader = await gateway.ClientAsync("reader");

        var own = (await lead.SendAsync("GET", "/v1/roles")).GetProperty("roles").EnumerateArray();
        var ofProject = (await limited.SendAsync("GET", "/v1/roles")).GetProperty("roles").EnumerateArray();

        Assert.Equal(["lead"], own.Select(role => role.Text("name")));
        Assert.Contains("support", ofProject.Select(role => role.Text("name")));
        Assert.Contains("reader", ofProject.Select(role => role.Text("name")));
        await reader.SendAsync("GET", "/v1/roles", status: 403);
    }

    [Fact]
    public async Task A_tool_is_told_with_the_roles_that_may_call_it()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("ROLES_FILE", home.Write("roles.json", Roles))],
            home
        );
        await gateway.App.Services.GetRequiredService<FolderConnectors>().Loaded;
        async Task<string> AllowedAsync(string tool) =>
            string.Join(
                ' ',
                (await gateway.Client.SendAsync("GET", $"/v1/roles?tool={tool}"))
                    .GetProperty("roles")
                    .EnumerateArray()
                    .Where(role => role.GetProperty("mayCall").GetBoolean())
                    .Select(role => role.Text("name"))
                    .Order()
            );

        Assert.Equal("admin reader user", await AllowedAsync("get_item"));
        Assert.Equal("admin user", await AllowedAsync("delete_item"));
        await gateway.Client.SendAsync("GET", "/v1/roles?tool=no_item", status: 404);
        using var lead = await gateway.ClientAsync("lead");
        await lead.SendAsync("GET", "/v1/roles?tool=get_item", status: 404);
    }

    private static IEnumerable<string?> Names(JsonElement role, string member) =>
        role.GetProperty(member).EnumerateArray().Select(name => name.GetString());
}
