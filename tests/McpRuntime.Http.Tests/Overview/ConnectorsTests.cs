using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Overview;

/// <summary>One list of the connectors of folder and projects, each caller's part of it.</summary>
public class ConnectorsTests
{
    private const string Roles = """
        {"roles": {"manager": {"projects": ["p"], "access": "none", "rights": ["connectors"]},
                   "desk": {"projects": ["p"], "access": "read"}}}
        """;

    [Fact]
    public async Task It_says_of_each_what_state_it_is_in_and_what_is_missing()
    {
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(new Uri("https://shop.example")));
        home.Write("connectors/off.yaml", Manifests.Shop(new Uri("https://off.example"), "off"));
        home.Write("connectors/broken.yaml", "connector: { nam: x }");
        home.Write("connectors/keyed.yaml", WithKey(Manifests.Shop(new Uri("https://keyed.example"), "keyed")));
        await using var gateway = await StartAsync(home);
        await gateway.Client.SendAsync("PATCH", "/v1/runtime/connectors/off", """{"enabled":false}""");

        var all = await ListAsync(gateway.Client);

        Assert.Equal(
            [
                "/keyed: needs credentials",
                "/off: disabled",
                "/shop: ready",
                "/broken: broken",
                "p/mine: ready",
                "p/other: disabled",
            ],
            all.Select(one => $"{one.Text("project")}/{one.Text("name")}: {one.Text("state")}")
        );
        var keyed = all[0];
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__KEYED__KEY__VALUE", keyed.GetProperty("missing")[0].Text("how"));
        Assert.Equal("[\"https://keyed.example\"]", keyed.GetProperty("origins").GetRawText());
        Assert.Equal(("3", "True", ""), (all[2].Text("tools"), all[2].Text("readOnly"), all[2].Text("etag")));
        Assert.Contains("connector", all[3].Text("detail"));
        Assert.Equal("False", all[4].Text("readOnly"));
        await gateway.Client.SendAsync(
            "DELETE",
            "/v1/projects/p/connectors/mine",
            status: 204,
            ifMatch: all[4].Text("etag")
        );
    }

    [Fact]
    public async Task Others_see_their_part_and_nothing_of_what_is_behind_it()
    {
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(new Uri("https://shop.example")));
        await using var gateway = await StartAsync(home);
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"q"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/q/connectors",
            Manifests.Shop(new Uri("https://secret.example"), "theirs"),
            201,
            type: "application/yaml"
        );
        using var manager = await gateway.ClientAsync("manager");
        using var desk = await gateway.ClientAsync("desk");
        using var reader = await gateway.ClientAsync("reader");

        Assert.Equal(["mine", "other"], (await ListAsync(manager)).Select(one => one.Text("name")));
        var seen = Assert.Single(await ListAsync(desk));
        Assert.Equal(
            """{"name":"mine","project":"p","title":"mine","version":"1.0.0","tools":1,"state":"ready"}""",
            seen.GetRawText()
        );
        Assert.Equal(["shop", "mine", "theirs"], (await ListAsync(reader)).Select(one => one.Text("name")));
        Assert.DoesNotContain("example", string.Concat(await ListAsync(reader)));
    }

    [Fact]
    public async Task The_manifest_of_the_folder_is_exported_and_stays_with_the_operator()
    {
        using var home = new TemporaryFolder();
        home.Write("connectors/@team/shop.yaml", Manifests.Shop(new Uri("https://shop.example"), "@team/shop"));
        await using var gateway = await StartAsync(home);
        using var manager = await gateway.ClientAsync("manager");

        var text = await gateway.Client.GetStringAsync(
            "/v1/connectors/%40team%2Fshop/manifest",
            TestContext.Current.CancellationToken
        );

        Assert.Contains("base_url: https://shop.example", text);
        await gateway.Client.SendAsync("GET", "/v1/connectors/nothing/manifest", status: 404);
        await manager.SendAsync("GET", "/v1/connectors/%40team%2Fshop/manifest", status: 403);
    }

    private static string WithKey(string manifest) =>
        manifest
        + "\n  security_schemes: { key: { type: api_key, location: header, key_name: X-Key } }\n  security: [ { key: [] } ]\n";

    private static async Task<List<JsonElement>> ListAsync(HttpClient client) =>
        [.. (await client.SendAsync("GET", "/v1/connectors")).GetProperty("connectors").EnumerateArray()];

    private static async Task<RunningGateway> StartAsync(TemporaryFolder home)
    {
        var gateway = await RunningGateway.StartAsync([("ROLES_FILE", home.Write("roles.json", Roles))], home);
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        foreach (var name in new[] { "mine", "other" })
            await gateway.Client.SendAsync(
                "POST",
                "/v1/projects/p/connectors",
                Manifests.Shop(new Uri($"https://{name}.example"), name),
                201,
                type: "application/yaml"
            );
        await gateway.Client.SendAsync(
            "PATCH",
            "/v1/projects/p/connectors/other",
            """{"enabled":false}""",
            ifMatch: "*"
        );
        return gateway;
    }
}
