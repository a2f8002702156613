using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Replicas;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.ConnectorCredentials.CredentialGateway;

namespace McpRuntime.Http.Tests.ConnectorCredentials;

/// <summary>Credentials that are set through the gateway: how calls use them and what is told of them.</summary>
public class CredentialTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "p")]
    [InlineData(true, "p")]
    public async Task A_call_sends_what_was_set_until_it_is_removed(bool isPostgres, string? project)
    {
        await using var gateway = await CredentialGateway.StartAsync(await DatabaseAsync(isPostgres));
        await gateway.InstallAsync();
        var missing = await gateway.StateAsync(project);
        var (isRefused, how) = await gateway.CallAsync(project);

        Assert.Equal(("missing", ""), (missing.Text("state"), missing.Text("source")));
        Assert.True(isRefused);
        Assert.Contains("PUT " + CredentialGateway.Path(project), how);

        await gateway.Admin.SendAsync("PUT", CredentialGateway.Path(project), "{}", 428);
        var set = await gateway.Admin.SendAsync(
            "PUT",
            CredentialGateway.Path(project),
            $$"""{"fields":{"value":"{{Value}}"},"origins":["{{gateway.Origin}}"]}""",
            ifMatch: missing.Text("etag")
        );
        Assert.False((await gateway.CallAsync(project)).IsError);
        Assert.Equal(("set", "gateway"), (set.Text("state"), set.Text("source")));
        Assert.Equal($"[\"{gateway.Origin}\"]", set.GetProperty("origins").GetProperty("bound").GetRawText());
        Assert.StartsWith("token:", set.Text("setBy"));

        // Another value counts at once, and one that was removed no longer.
        await gateway.SetAsync(project, value: "another-value");
        await gateway.CallAsync(project);
        await gateway.Admin.SendAsync(
            "DELETE",
            CredentialGateway.Path(project),
            status: 412,
            ifMatch: set.Text("etag")
        );
        await gateway.Admin.SendAsync("DELETE", CredentialGateway.Path(project), status: 204, ifMatch: "*");
        Assert.True((await gateway.CallAsync(project)).IsError);
        Assert.Equal([Value, "another-value"], gateway.Keys);
        await gateway.Admin.SendAsync("DELETE", CredentialGateway.Path(project), status: 404, ifMatch: "*");
    }

    [Fact]
    public async Task Nothing_shows_the_value()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync();
        var answers = new List<string> { (await gateway.SetAsync()).ToString() };
        await gateway.CallAsync();
        answers.Add((await gateway.Admin.SendAsync("POST", CredentialGateway.Path(action: "/test"))).ToString());
        await Audit.OfAsync(gateway.Admin, "credential.set", "ok");
        foreach (
            var path in new[]
            {
                "/v1/credentials",
                "/v1/connectors",
                "/v1/audit",
                "/v1/audit/export",
                "/health",
                "/metrics",
                "/v1/runtime",
                "/v1/runtime/log",
                "/v1/tools?project=p",
                "/v1/projects/p/connectors/shop",
                "/v1/projects/p/connectors/shop/manifest",
                "/v1/projects/p/connectors/shop/history",
            }
        )
            answers.Add(await gateway.Admin.GetStringAsync(path, Cancelled));
        var log = await gateway.Gateway.EndAsync();

        Assert.All(answers, answer => Assert.DoesNotContain(Value, answer));
        Assert.DoesNotContain(Value, log);
        var files = Directory.GetFiles(gateway.Home.PathOf("data", "gateway"), "gateway.db*");
        Assert.Contains(files, file => ReadText(file).Contains("credential.set", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(Value, ReadText(file)));
        Assert.Equal([Value, Value], gateway.Keys);
    }

    [Theory]
    [InlineData("""{"fields":{"token":"SECRET"},"origins":["O"]}""", 422, "has token; the scheme 'key'")]
    [InlineData("""{"fields":{"value":""},"origins":["O"]}""", 422, "is incomplete")]
    [InlineData("""{"fields":{"value":"SECRET\nx"},"origins":["O"]}""", 422, "line break")]
    [InlineData("""{"fields":{"value":5},"origins":["O"]}""", 400, "each a string")]
    [InlineData("""{"fields":{"origins":"SECRET","value":"x"},"origins":["O"]}""", 422, "has origins")]
    [InlineData("""{"fields":{"value":"SECRET"}}""", 422, "'origins' must be O")]
    [InlineData("""{"fields":{"value":"SECRET"},"origins":["https://evil.example"]}""", 422, "'origins' must be O")]
    [InlineData("""{"fields":{"value":"SECRET"},"origins":["O","https://evil.example"]}""", 422, "'origins' must be O")]
    [InlineData("""{"fields":{"value":"SECRET"},"origins":["SECRET"]}""", 400, "must be a list of origins")]
    [InlineData("""{"fields":{"value":"SECRET"},"origins":["O"],"more":1}""", 400, "takes 'fields' and 'origins'")]
    [InlineData("""{"fields":{"value":"SECRET" """, 400, "not a JSON object")]
    [InlineData("""{"origins":["O"]}""", 400, "needs 'fields'")]
    public async Task What_does_not_fit_is_refused_without_showing_it(string body, int status, string reason)
    {
        await using var gateway = await CredentialGateway.StartAsync();
        var refused = await gateway.Admin.SendAsync(
            "PUT",
            CredentialGateway.Path(null),
            body.Replace("\"O\"", $"\"{gateway.Origin}\"", StringComparison.Ordinal),
            status,
            "*"
        );

        Assert.Contains(
            reason.Replace("be O", $"be {gateway.Origin}", StringComparison.Ordinal),
            refused.Text("detail")
        );
        Assert.DoesNotContain("SECRET", refused.ToString());
        Assert.Equal("missing", (await gateway.StateAsync(null)).Text("state"));
        Assert.DoesNotContain("SECRET", (await Audit.OfAsync(gateway.Admin, "credential.set", "refused")).Detail);
    }

    [Fact]
    public async Task Without_a_key_ring_it_says_what_to_set()
    {
        await using var gateway = await CredentialGateway.StartAsync(hasKeyRing: false);

        var listed = await gateway.Admin.SendAsync("GET", "/v1/credentials");
        var refused = await gateway.SetAsync(null, status: 409);

        Assert.Equal("False", listed.Text("keyRing"));
        Assert.Contains("MCP_RUNTIME_KEY_RING_KEY_FILE", listed.Text("howToKeyRing"));
        Assert.Contains("MCP_RUNTIME_KEY_RING_KEY_FILE", refused.Text("detail"));
        Assert.DoesNotContain("/v1/credentials", (await gateway.CallAsync(null)).Text);
    }

    [Fact]
    public async Task Other_sources_are_named_and_come_after_the_gateways_own()
    {
        using var secrets = new TemporaryFolder();
        await using var gateway = await CredentialGateway.StartAsync(settings: ("CREDENTIALS_DIR", secrets.Path));
        secrets.Write("MCP_RUNTIME_CREDENTIAL__SHOP__KEY__VALUE", "from-the-file");
        var unapproved = await gateway.StateAsync(null);
        secrets.Write("MCP_RUNTIME_CREDENTIAL__SHOP__KEY__ORIGINS", gateway.Origin);
        var approved = await gateway.StateAsync(null);

        await gateway.CallAsync(null);
        await gateway.SetAsync(null);
        await gateway.CallAsync(null);

        Assert.Equal(("needs confirmation", "file"), (unapproved.Text("state"), unapproved.Text("source")));
        Assert.Equal(("set", "file"), (approved.Text("state"), approved.Text("source")));
        Assert.Equal(["from-the-file", Value], gateway.Keys);
        Assert.Equal(
            "MCP_RUNTIME_CREDENTIAL__SHOP__KEY__VALUE=\nMCP_RUNTIME_CREDENTIAL__SHOP__KEY__ORIGINS=" + gateway.Origin,
            approved.Text("howToSet")
        );
        await gateway.Admin.SendAsync("DELETE", CredentialGateway.Path(null), status: 204, ifMatch: "*");
        var kept = await gateway.Admin.SendAsync("DELETE", CredentialGateway.Path(null), status: 404, ifMatch: "*");
        Assert.Contains("it comes from: file", kept.Text("detail"));
    }

    [Theory]
    [InlineData(200, true, "accepted it")]
    [InlineData(401, false, "refused it")]
    [InlineData(302, false, "not followed")]
    [InlineData(500, false, "does not tell whether the credential is good")]
    public async Task A_test_says_what_the_api_answered_and_nothing_of_its_body(
        int status,
        bool isAccepted,
        string words
    )
    {
        await using var api = RecordingUpstream.Start(
            (_, connection, cancelled) =>
                connection.SendAsync(
                    new UpstreamAnswer(
                        status,
                        "{\"secret\":\"of-the-body\"}"u8.ToArray(),
                        "Location: http://127.0.0.1:1/",
                        "Content-Type: application/json"
                    ),
                    cancelled
                )
        );
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync(manifest: Manifest(api.Url));
        await gateway.Admin.SendAsync("POST", CredentialGateway.Path(action: "/test"), status: 409);
        await gateway.SetAsync(origin: api.Url.GetLeftPart(UriPartial.Authority));

        var tested = await gateway.Admin.SendAsync("POST", CredentialGateway.Path(action: "/test"));

        Assert.Equal((isAccepted, status.ToString()), (tested.GetProperty("ok").GetBoolean(), tested.Text("status")));
        Assert.Contains(words, tested.Text("message"));
        Assert.DoesNotContain("of-the-body", tested.ToString());
        Assert.All(api.Requests, request => Assert.StartsWith("GET /items ", request.RequestLine));
        Assert.Contains(words, (await Audit.OfAsync(gateway.Admin, "credential.test", "ok")).Detail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_was_copied_to_another_connector_cannot_be_decrypted(bool isPostgres)
    {
        await using var gateway = await CredentialGateway.StartAsync(await DatabaseAsync(isPostgres));
        await gateway.InstallAsync();
        await gateway.InstallAsync("q");
        await gateway.SetAsync();
        await gateway
            .Gateway.App.Services.GetRequiredService<Database>()
            .ExecuteAsync(
                "INSERT INTO gateway_credential (identity, scheme, project, connector, content, stamp, set_by, set_at) "
                    + "SELECT 'q/shop', scheme, 'q', connector, content, stamp, set_by, set_at FROM gateway_credential",
                Cancelled
            );

        var (isError, text) = await gateway.CallAsync("q");

        Assert.True(isError);
        Assert.Contains("cannot be decrypted", text);
        Assert.Contains("cannot be decrypted", (await gateway.StateAsync("q")).Text("problem"));
        Assert.Empty(gateway.Keys);
    }

    [Fact]
    public async Task It_survives_a_restart_and_is_gone_with_its_connector()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync();
        await gateway.SetAsync();
        var log = await gateway.Gateway.EndAsync();

        await using var again = await gateway.StartAnotherAsync();
        using var client = await again.ClientAsync("admin");
        Assert.False((await gateway.CallAsync(client: client)).IsError);
        Assert.Equal([Value], gateway.Keys);
        await client.SendAsync("DELETE", "/v1/projects/p/connectors/shop", status: 204, ifMatch: "*");
        await CredentialGateway.InstallAsync(client, "p", Manifest(gateway.Api.Url));
        Assert.True((await gateway.CallAsync(client: client)).IsError);
        Assert.Equal("missing", (await gateway.StateAsync(client: client)).Text("state"));
    }

    [Fact]
    public async Task A_change_at_one_replica_counts_at_the_other()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var gateway = await CredentialGateway.StartAsync(database);
        await gateway.InstallAsync();
        // Its clock stands, so that what it has prepared is good for ever, and only a message ends it.
        var time = new FrozenTime();
        await using var other = await gateway.StartAnotherAsync(database, change: parts => parts with { Time = time });
        using var client = await other.ClientAsync("admin");
        await gateway.SetAsync();

        Assert.False((await gateway.CallAsync(client: client)).IsError);
        await gateway.SetAsync(value: "another-value");
        await Eventually.IsAsync(true, async () =>
        {
            await gateway.CallAsync(client: client);
            return gateway.Keys.Last() == "another-value";
        });
        await gateway.Admin.SendAsync("DELETE", CredentialGateway.Path(), status: 204, ifMatch: "*");
        await Eventually.IsAsync(true, async () => (await gateway.CallAsync(client: client)).IsError);
    }

    private async Task<string?> DatabaseAsync(bool isPostgres) =>
        isPostgres ? await postgres.CreateDatabaseAsync() : null;

    private static string ReadText(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
