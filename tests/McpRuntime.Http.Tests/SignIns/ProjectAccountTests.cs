using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Accounts of a project's connectors end with the connector and with the project.</summary>
public sealed class ProjectAccountTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/projects/team", false)]
    [InlineData("/v1/projects/team/connectors/shop", false)]
    [InlineData("/v1/projects/team", true)]
    [InlineData("/v1/projects/team/connectors/shop", true)]
    public async Task What_is_made_again_with_the_same_name_does_not_find_them(string removed, bool isPostgres)
    {
        using var home = new TemporaryFolder();
        await using var gateway = await TestSignIns.StartAsync(
            home,
            isPostgres ? await postgres.CreateDatabaseAsync() : null
        );
        await MakeAsync(gateway);
        var gone = TestSignIns.Key("jwt:issuer|ann") with { Connector = "team/shop" };
        CredentialKey[] others = [gone with { Connector = "team2/shop" }, gone with { Connector = "shop" }];
        foreach (var key in (CredentialKey[])[gone, .. others])
            await gateway.ConnectAsync(key.Holder, "token-1", new Uri("http://127.0.0.1:9/"), connector: key.Connector);

        await gateway.Client.SendAsync("DELETE", removed, status: 204, ifMatch: "*");
        if (removed.EndsWith("team", StringComparison.Ordinal))
            await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"team"}""", 201);
        await InstallAsync(gateway);

        Assert.Null(await gateway.SignIns().ReadAsync(gone, Cancelled));
        foreach (var key in others)
        {
            using var kept = await gateway.SignIns().ReadAsync(key, Cancelled);
            Assert.NotNull(kept);
        }
    }

    private static async Task MakeAsync(RunningGateway gateway)
    {
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"team"}""", 201);
        await InstallAsync(gateway);
    }

    private static Task<JsonElement> InstallAsync(RunningGateway gateway) =>
        gateway.Client.SendAsync(
            "POST",
            "/v1/projects/team/connectors",
            TestSignIns.Manifest(new Uri("http://127.0.0.1:9/")),
            201,
            type: "application/yaml"
        );
}
