using System.Net.WebSockets;
using System.Text.Json;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>What is changed at one of two gateways of a database holds at the other.</summary>
public sealed class AgreementTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private readonly RecordingUpstream _upstream = Manifests.Upstream();
    private RunningGateway? _one;
    private RunningGateway? _two;
    private string _url = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private RunningGateway One => _one!;

    private RunningGateway Two => _two!;

    /// <summary>The first gateway's admin at the second.</summary>
    private HttpClient AtTwo { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _home.Write("connectors/shop.yaml", Manifests.Shop(_upstream.Url));
        _url = await postgres.CreateDatabaseAsync();
        _one = await StartAsync();
        _two = await StartAsync();
        AtTwo = ClientOf(Two);
    }

    public async ValueTask DisposeAsync()
    {
        AtTwo?.Dispose();
        if (_one is not null)
            await _one.DisposeAsync();
        if (_two is not null)
            await _two.DisposeAsync();
        await _upstream.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task A_ticket_of_one_opens_a_live_view_at_the_other_once()
    {
        var ticket = (await One.Client.SendAsync("POST", "/v1/runtime/tickets", "{}", 201)).Text("ticket");
        using (var socket = new ClientWebSocket())
            await socket.ConnectAsync(StreamOf(Two, ticket), Cancelled);

        foreach (var gateway in new[] { One, Two })
        {
            using var again = new ClientWebSocket();
            await Assert.ThrowsAsync<WebSocketException>(() =>
                again.ConnectAsync(StreamOf(gateway, ticket), Cancelled)
            );
        }
    }

    [Fact]
    public async Task A_ticket_opens_nothing_when_its_token_was_revoked()
    {
        using var other = await One.ClientAsync("admin");
        var ticket = (await other.SendAsync("POST", "/v1/runtime/tickets", "{}", 201)).Text("ticket");
        var id = Http.Tokens.TokenSecret.IdOf(other.DefaultRequestHeaders.Authorization!.Parameter!)!;
        await One.Client.SendAsync("DELETE", $"/v1/tokens/{id}", status: 204, ifMatch: "*");

        using var socket = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(StreamOf(Two, ticket), Cancelled));
    }

    [Fact]
    public async Task A_connector_that_is_disabled_at_one_is_disabled_at_the_other_and_after_a_restart()
    {
        await Eventually.IsAsync(true, () => ServesAsync(AtTwo));

        await One.Client.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":false}""", ifMatch: "*");
        Assert.False(await ServesAsync(One.Client));
        await Eventually.IsAsync(false, () => ServesAsync(AtTwo));
        await using (var three = await StartAsync())
        {
            using var client = ClientOf(three);
            Assert.False(await ServesAsync(client));
        }
        await AtTwo.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":true}""", ifMatch: "*");

        Assert.True(await ServesAsync(AtTwo));
        await Eventually.IsAsync(true, () => ServesAsync(One.Client));
    }

    [Fact]
    public async Task The_drain_of_the_gateway_holds_at_all_replicas_and_at_those_that_come()
    {
        await One.Client.SendAsync("POST", "/v1/runtime/drain", "{}");

        Assert.Equal(503, await ReadyAsync(One));
        await Eventually.IsAsync(503, () => ReadyAsync(Two));
        await using (var three = await StartAsync())
            Assert.Equal(503, await ReadyAsync(three));
        await AtTwo.SendAsync("POST", "/v1/runtime/drain", """{"draining":false}""");
        Assert.Equal(200, await ReadyAsync(Two));
        await Eventually.IsAsync(200, () => ReadyAsync(One));
    }

    [Fact]
    public async Task The_drain_of_a_replica_holds_there_alone_wherever_it_is_asked_for()
    {
        var second = (await AtTwo.SendAsync("GET", "/v1/runtime")).Text("replica");
        await Eventually.IsAsync(2, () => ReplicasAsync(One.Client));

        await One.Client.SendAsync("POST", $"/v1/runtime/drain?replica={second}", "{}");
        await Eventually.IsAsync(503, () => ReadyAsync(Two));
        using var refused = await AtTwo.SendAsync(Modern("tools/list"), Cancelled);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.True(refused.Headers.ConnectionClose);
        Assert.Equal(200, await ReadyAsync(One));
        await Eventually.IsAsync("True", async () =>
            Of(await One.Client.SendAsync("GET", "/v1/runtime"), second).Text("draining")
        );
        await One.Client.SendAsync("POST", $"/v1/runtime/drain?replica={second}", """{"draining":false}""");
        await Eventually.IsAsync(200, () => ReadyAsync(Two));

        var unknown = await One.Client.SendAsync("POST", "/v1/runtime/drain?replica=nobody", "{}", 404);
        Assert.Contains(second, unknown.Text("detail"));
    }

    [Fact]
    public async Task A_replica_that_drains_with_a_grace_is_not_ready_and_takes_work()
    {
        var first = (await One.Client.SendAsync("GET", "/v1/runtime")).Text("replica");

        await One.Client.SendAsync("POST", $"/v1/runtime/drain?replica={first}", """{"graceSeconds":600}""");

        Assert.Equal(503, await ReadyAsync(One));
        Assert.True(await ServesAsync(One.Client));
        await One.Client.SendAsync("POST", "/v1/runtime/drain", """{"graceSeconds":600}""", 400);
    }

    [Fact]
    public async Task A_stop_is_of_the_replica_that_is_named()
    {
        var second = (await AtTwo.SendAsync("GET", "/v1/runtime")).Text("replica");
        await Eventually.IsAsync(2, () => ReplicasAsync(One.Client));

        var answer = await One.Client.SendAsync("POST", $"/v1/runtime/stop?replica={second}", status: 202);

        Assert.Equal(second, answer.Text("replica"));
        await Eventually.IsAsync(true, () => Task.FromResult(IsStopping(Two)));
        Assert.False(IsStopping(One));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_the_other_replica()
    {
        using var other = await One.ClientAsync("user");
        using var elsewhere = new HttpClient { BaseAddress = Two.Url };
        elsewhere.DefaultRequestHeaders.Authorization = other.DefaultRequestHeaders.Authorization;
        Assert.Equal(200, await StatusAsync(elsewhere));

        var id = Http.Tokens.TokenSecret.IdOf(other.DefaultRequestHeaders.Authorization!.Parameter!)!;
        await One.Client.SendAsync("DELETE", $"/v1/tokens/{id}", status: 204, ifMatch: "*");

        Assert.Equal(401, await StatusAsync(other));
        await Eventually.IsAsync(401, () => StatusAsync(elsewhere));
    }

    [Fact]
    public async Task A_connector_of_a_project_that_one_installs_is_served_by_the_other()
    {
        await One.Client.SendAsync("POST", "/v1/projects", """{"name":"team"}""", 201);
        await One.Client.SendAsync(
            "POST",
            "/v1/projects/team/connectors",
            Manifests.Shop(_upstream.Url),
            201,
            type: "application/yaml"
        );

        await Eventually.IsAsync(true, async () =>
        {
            using var listed = await AtTwo.GetAsync("/v1/tools?project=team", Cancelled);
            return listed.IsSuccessStatusCode
                && (await listed.Content.ReadAsStringAsync(Cancelled)).Contains("get_item");
        });
    }

    [Fact]
    public async Task A_reload_at_one_is_one_at_the_other()
    {
        await using var blind = await StartAsync(("HOT_RELOAD", "false"));
        using var client = ClientOf(blind);
        Assert.True(await ServesAsync(client));
        _home.Write("connectors/more.yaml", Manifests.Shop(_upstream.Url, "more"));

        var reloaded = await One.Client.SendAsync("POST", "/v1/runtime/reload");

        Assert.Equal((await One.Client.SendAsync("GET", "/v1/runtime")).Text("replica"), reloaded.Text("replica"));
        await Eventually.IsAsync(2, async () =>
            (await client.SendAsync("GET", "/v1/runtime")).GetProperty("connectors").GetArrayLength()
        );
    }

    [Fact]
    public async Task The_status_lists_the_replicas_until_they_stop()
    {
        await Eventually.IsAsync(2, () => ReplicasAsync(One.Client));
        var status = await One.Client.SendAsync("GET", "/v1/runtime");
        var own = Of(status, status.Text("replica"));

        Assert.Equal(("1", "False"), (own.Text("connectors"), own.Text("draining")));
        // What is of one replica alone names it.
        foreach (var path in (string[])["/v1/runtime/log", "/health"])
            Assert.Equal(own.Text("id"), (await One.Client.SendAsync("GET", path)).Text("replica"));
        await Two.StopAsync();
        await Eventually.IsAsync(1, () => ReplicasAsync(One.Client));
    }

    private Task<RunningGateway> StartAsync(params (string, string)[] more) =>
        RunningGateway.StartAsync([
            Manifests.Loopback,
            ("DATABASE_URL", _url),
            ("CONNECTORS_DIR", _home.PathOf("connectors")),
            .. more,
        ]);

    private HttpClient ClientOf(RunningGateway gateway)
    {
        var client = new HttpClient { BaseAddress = gateway.Url };
        client.DefaultRequestHeaders.Authorization = One.Client.DefaultRequestHeaders.Authorization;
        return client;
    }

    private static bool IsStopping(RunningGateway gateway) =>
        gateway.App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static Uri StreamOf(RunningGateway gateway, string ticket) =>
        new($"ws://{gateway.Url.Authority}/v1/runtime/stream?ticket={ticket}");

    private static async Task<bool> ServesAsync(HttpClient client) =>
        (await client.JsonAsync(Modern("tools/list"))).ToolNames().Contains("get_item");

    private static async Task<int> ReadyAsync(RunningGateway gateway)
    {
        using var answer = await gateway.Anonymous.GetAsync("/health/ready", Cancelled);
        return (int)answer.StatusCode;
    }

    private static async Task<int> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/v1/tools", Cancelled);
        return (int)answer.StatusCode;
    }

    private static async Task<int> ReplicasAsync(HttpClient client) =>
        (await client.SendAsync("GET", "/v1/runtime")).GetProperty("replicas").GetArrayLength();

    private static JsonElement Of(JsonElement status, string replica) =>
        status.GetProperty("replicas").EnumerateArray().Single(one => one.Text("id") == replica);
}
