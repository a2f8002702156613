using McpRuntime.Http.Hosting;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Storage;

/// <summary>A database that is there but does not answer. Whoever waited for it would wait until it does.</summary>
public class DatabaseOutageTests(PostgresServer postgres)
{
    private static readonly TimeSpan AfterFresh = TokenCache.Fresh + TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_callers_go_on_as_long_as_the_setting_says_and_others_are_told()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var (proxy, url) = PausableProxy.Start(await postgres.CreateDatabaseAsync());
        await using var disposedProxy = proxy;
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("DATABASE_URL", url), ("TOKEN_CACHE_SECONDS", "60")],
            home,
            parts => parts with { Time = time }
        );
        using var known = await gateway.ClientAsync("admin");
        await known.JsonAsync(Call("get_item", """{"id":1}"""));

        proxy.Pause();
        time.Advance(AfterFresh);
        await Parallel.ForAsync(0, 50, Cancelled, async (id, _) =>
        {
            var answer = await known.JsonAsync(Call("get_item", $$"""{"id":{{id}}}"""));
            Assert.False(answer.GetProperty("result").TryGetProperty("isError", out var _), answer.ToString());
        });
        using var stranger = new HttpClient { BaseAddress = gateway.Url };
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", TokenSecret.Create().Text);
        await stranger.SendAsync("GET", "/v1/tools", status: 503);
        var health = await known.SendAsync("GET", "/health/ready");
        Assert.Contains("database", health.Text("problem"));
        Assert.True(health.GetProperty("audit").GetProperty("waiting").GetInt32() >= 50);
        Assert.Contains("mcp_runtime_database_up 0\n", await known.GetStringAsync("/metrics", Cancelled));
        time.Advance(TimeSpan.FromSeconds(60));
        await known.SendAsync("GET", "/v1/tools", status: 503);

        proxy.Resume();
        time.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(known, 200);
        await UntilAsync(stranger, 401);
        Assert.Equal(51, (await Audit.CallsAsync(known, 51)).Count);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_it_and_what_was_not_written_is_in_the_log()
    {
        var (proxy, url) = PausableProxy.Start(await postgres.CreateDatabaseAsync());
        await using var disposedProxy = proxy;
        await using var gateway = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        await Audit.OfAsync(gateway.Client, "token.create", "ok");
        proxy.Pause();
        // That of all replicas is in the database, that of one is not.
        await gateway.Client.SendAsync("POST", "/v1/runtime/drain", "{}", 504);
        var replica = (await gateway.Client.SendAsync("GET", "/v1/runtime")).Text("replica");
        await gateway.Client.SendAsync("POST", $"/v1/runtime/drain?replica={replica}", "{}");
        await gateway.Client.SendAsync("GET", "/health/ready", status: 503);

        var log = await gateway.EndAsync();

        Assert.Contains("Not in the database: AuditEntry", log);
        Assert.Contains("runtime.drain", log);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_removal_of_old_entries()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (proxy, url) = PausableProxy.Start(database);
        await using var disposedProxy = proxy;
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync([("DATABASE_URL", url)], change: parts =>
            parts with
            {
                Time = time,
            }
        );
        await Audit.OfAsync(gateway.Client, "token.create", "ok");
        await using var elsewhere = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={new Uri(database).Port};Username=gateway;Database={new Uri(database).AbsolutePath[1..]};Pooling=false"
        );
        await using var holder = await elsewhere.OpenConnectionAsync(Cancelled);
        await using var held = await holder.BeginTransactionAsync(Cancelled);
        await ExecuteAsync(holder, "SELECT id FROM gateway_audit FOR UPDATE");
        time.Advance(TimeSpan.FromDays(1000));
        await gateway.Client.SendAsync("POST", "/v1/runtime/drain", "{}");
        await using var looker = await elsewhere.OpenConnectionAsync(Cancelled);
        while (
            await ExecuteAsync(
                looker,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE%'"
            )
                is 0L
        )
            Cancelled.ThrowIfCancellationRequested();
        proxy.Pause();

        await gateway.StopAsync().WaitAsync(ProcessRunner.HangGuard, Cancelled);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_refused_again_without_the_database()
    {
        var (proxy, url) = PausableProxy.Start(await postgres.CreateDatabaseAsync());
        await using var disposedProxy = proxy;
        await using var gateway = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        using var revoked = await gateway.ClientAsync("admin");
        using var unknown = new HttpClient { BaseAddress = gateway.Url };
        unknown.DefaultRequestHeaders.Authorization = new("Bearer", TokenSecret.Create().Text);
        await revoked.SendAsync(
            "DELETE",
            $"/v1/tokens/{TokenSecret.IdOf(revoked.DefaultRequestHeaders.Authorization!.Parameter!)}",
            status: 204
        );
        await unknown.SendAsync("GET", "/v1/tools", status: 401);

        proxy.Pause();

        await revoked.SendAsync("GET", "/v1/tools", status: 401);
        await unknown.SendAsync("GET", "/v1/tools", status: 401);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_revocation_by_another_process_holds_while_the_token_is_in_use(bool isPostgres)
    {
        using var home = new TemporaryFolder();
        var time = new FrozenTime();
        (string, string)[] settings = isPostgres ? [("DATABASE_URL", await postgres.CreateDatabaseAsync())] : [];
        await using var gateway = await RunningGateway.StartAsync(settings, home, parts => parts with { Time = time });
        using var caller = await gateway.ClientAsync("admin");
        await caller.SendAsync("GET", "/v1/tools");
        await using var elsewhere = Database.Open(
            gateway.App.Services.GetRequiredService<GatewayParts>().Gateway.Database
        );

        await new TokenStore(elsewhere, time).RevokeAsync(
            TokenSecret.IdOf(caller.DefaultRequestHeaders.Authorization!.Parameter!)!,
            Cancelled
        );
        time.Advance(AfterFresh);

        await caller.SendAsync("GET", "/v1/tools", status: 401);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    // Connections that were being made when the database came back need a moment.
    private static async Task UntilAsync(HttpClient client, int status)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);
        while (true)
        {
            using var answer = await client.GetAsync("/v1/tools", guard.Token);
            if ((int)answer.StatusCode == status)
                return;
            Assert.Equal(503, (int)answer.StatusCode);
            await Task.Delay(50, guard.Token);
        }
    }
}
