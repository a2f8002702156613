using System.Text.Json;
using McpRuntime.Http.Tests.Storage;

namespace McpRuntime.Http.Tests.Projects;

/// <summary>The history of a connector, what it brings back, and the manifest as a file; on both databases.</summary>
public class HistoryTests(PostgresServer postgres)
{
    private const string Connectors = "/v1/projects/p/connectors";
    private const string Shop = Connectors + "/%40team%2Fshop";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_and_a_removal_are_undone(bool isPostgres)
    {
        await using var gateway = await StartAsync(isPostgres);
        var admin = gateway.Client;
        await InstallAsync(admin, "https://one.example");
        await admin.SendAsync("PATCH", Shop, """{"tools":["get_*"],"readOnly":true}""", ifMatch: "*");
        var second = await InstallAsync(admin, "https://two.example", "*");

        var history = await HistoryAsync(admin);
        Assert.Equal(
            ["3 connector.install True", "2 connector.change False", "1 connector.install False"],
            history.Select(entry => $"{entry.Text("number")} {entry.Text("action")} {entry.Text("current")}")
        );
        Assert.All(history, entry => Assert.StartsWith("token:", entry.Text("by")));
        Assert.Contains("https://one.example", history[0].Text("summary"));

        await admin.SendAsync("POST", Shop + "/history/1/restore", status: 428);
        await admin.SendAsync("POST", Shop + "/history/1/restore", status: 412, ifMatch: "\"1-0\"");
        var restored = await admin.SendAsync("POST", Shop + "/history/1/restore", ifMatch: second.Text("etag"));
        Assert.Contains("https://one.example", restored.Text("manifest"));
        Assert.Equal(("False", "[]"), (restored.Text("readOnly"), restored.GetProperty("tools").GetRawText()));

        await admin.SendAsync("DELETE", Shop, status: 204, ifMatch: "*");
        Assert.Equal("5 connector.remove False", Line((await HistoryAsync(admin))[0]));
        await admin.SendAsync("POST", Shop + "/history/3/restore");
        Assert.Contains("https://two.example", (await admin.SendAsync("GET", Shop)).Text("manifest"));
        Assert.Equal(("ok", true), await RestoredAsync(admin));

        static string Line(JsonElement entry) =>
            $"{entry.Text("number")} {entry.Text("action")} {entry.Text("current")}";
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_keeps_the_last_twenty_changes_and_goes_with_its_project(bool isPostgres)
    {
        await using var gateway = await StartAsync(isPostgres);
        var admin = gateway.Client;
        await InstallAsync(admin, "https://one.example");
        for (var i = 0; i < 21; i++)
            await admin.SendAsync(
                "PATCH",
                Shop,
                $$"""{"readOnly":{{(i % 2 == 0 ? "true" : "false")}}}""",
                ifMatch: "*"
            );

        var history = await HistoryAsync(admin);
        Assert.Equal((20, "22", "3"), (history.Count, history[0].Text("number"), history[^1].Text("number")));
        var gone = await admin.SendAsync("POST", Shop + "/history/1/restore", status: 404, ifMatch: "*");
        Assert.Contains("the last 20 changes", gone.Text("detail"));
        await admin.SendAsync("POST", Shop + "/history/x/restore", status: 404, ifMatch: "*");

        await admin.SendAsync("DELETE", "/v1/projects/p", status: 204, ifMatch: "*");
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await admin.SendAsync("GET", Shop + "/history", status: 404);
    }

    [Fact]
    public async Task The_manifest_is_exported_as_a_file_and_not_sent_twice()
    {
        await using var gateway = await StartAsync(isPostgres: false);
        var admin = gateway.Client;
        await InstallAsync(admin, "https://one.example");

        using var first = await admin.GetAsync(Shop + "/manifest", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, Shop + "/manifest");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await admin.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("application/yaml", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("@team_shop.yaml", first.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(
            (await admin.SendAsync("GET", Shop)).Text("manifest"),
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Assert.Equal(304, (int)second.StatusCode);
    }

    private static async Task<(string, bool)> RestoredAsync(HttpClient admin)
    {
        var (outcome, detail) = await Audit.OfAsync(admin, "connector.restore", "ok");
        return (outcome, detail.StartsWith("as of number ", StringComparison.Ordinal));
    }

    private static async Task<List<JsonElement>> HistoryAsync(HttpClient client) =>
        [.. (await client.SendAsync("GET", Shop + "/history")).GetProperty("history").EnumerateArray()];

    private static Task<JsonElement> InstallAsync(HttpClient client, string api, string? ifMatch = null) =>
        client.SendAsync(
            "POST",
            Connectors,
            Manifests.Shop(new Uri(api), "@team/shop"),
            201,
            ifMatch,
            "application/yaml"
        );

    private async Task<RunningGateway> StartAsync(bool isPostgres)
    {
        var gateway = await RunningGateway.StartAsync(
            isPostgres ? [("DATABASE_URL", await postgres.CreateDatabaseAsync())] : []
        );
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        return gateway;
    }
}
