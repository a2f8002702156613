using McpRuntime.Http.Replicas;
using McpRuntime.Http.Tests.Replicas;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace McpRuntime.Http.Tests.RateLimits;

/// <summary>Limits over the replicas of a database.</summary>
public class SharedLimitTests(PostgresServer postgres)
{
    private const int PerMinute = 600;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_has_its_minute_once_over_all_replicas(bool isDatabaseAway)
    {
        var database = await postgres.CreateDatabaseAsync();
        var (proxy, url) = PausableProxy.Start(database);
        await using var disposedProxy = proxy;
        // The clock stands, so that nothing comes back meanwhile.
        var time = new FrozenTime();
        await using var one = await StartAsync(url, time);
        await using var two = await StartAsync(url, time);
        foreach (var gateway in new[] { one, two })
            await Eventually.IsAsync(2, () => Task.FromResult(Replicas(gateway)));
        using var client = await one.ClientAsync("user");
        using var elsewhere = new HttpClient { BaseAddress = two.Url };
        elsewhere.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        // Both begin at once: who was asked alone for two seconds would have nearly all.
        await using (await HoldSharesAsync(database))
        {
            await client.SendAsync("GET", "/v1/tools");
            await elsewhere.SendAsync("GET", "/v1/tools");
            if (isDatabaseAway)
                proxy.Pause();
        }

        var taken = 2;
        await Parallel.ForAsync(
            0,
            PerMinute,
            Cancelled,
            // Both are asked alike at any time.
            async (_, cancelled) => await Task.WhenAll(TakeAsync(client, cancelled), TakeAsync(elsewhere, cancelled))
        );

        Assert.InRange(taken, PerMinute * 0.9, PerMinute * 1.1);

        async Task TakeAsync(HttpClient asked, CancellationToken cancelled)
        {
            using var answer = await asked.GetAsync("/v1/tools", cancelled);
            Assert.True((int)answer.StatusCode is 200 or 429, $"{answer.StatusCode}");
            if (answer.IsSuccessStatusCode)
                Interlocked.Increment(ref taken);
        }
    }

    [Fact]
    public async Task An_API_gets_no_more_than_its_limit_from_all_replicas()
    {
        const int OfApi = 100;
        var url = await postgres.CreateDatabaseAsync();
        var time = new FrozenTime();
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write(
            "connectors/shop.yaml",
            Manifests
                .Shop(upstream.Url)
                .Replace(
                    "version: 1.0.0",
                    $"version: 1.0.0\n  limits: {{ requests_per_minute: {OfApi} }}",
                    StringComparison.Ordinal
                )
        );
        (string, string)[] own = [Manifests.Loopback, ("CONNECTORS_DIR", home.PathOf("connectors"))];
        await using var one = await StartAsync(url, time, own);
        await using var two = await StartAsync(url, time, own);
        foreach (var gateway in new[] { one, two })
            await Eventually.IsAsync(2, () => Task.FromResult(Replicas(gateway)));
        using var client = await one.ClientAsync("user");
        using var elsewhere = new HttpClient { BaseAddress = two.Url };
        elsewhere.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        await using var shares = await HoldSharesAsync(url);

        for (var call = 0; call < OfApi * 2; call++)
            await (call % 2 == 0 ? client : elsewhere).SendAsync("POST", "/v1/tools/get_item", """{"id":7}""");

        Assert.InRange(upstream.Requests.Count, OfApi * 0.9, OfApi * 1.1);
    }

    // While the table is locked, replicas exchange nothing, and each keeps the share that it has.
    private static async Task<NpgsqlConnection> HoldSharesAsync(string database)
    {
        var url = new Uri(database);
        var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={url.Port};Username=gateway;Database={url.AbsolutePath[1..]};Pooling=false"
        );
        await connection.OpenAsync(Cancelled);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; LOCK TABLE gateway_share";
        await command.ExecuteNonQueryAsync(Cancelled);
        return connection;
    }

    private static Task<RunningGateway> StartAsync(string url, FrozenTime time, params (string, string)[] own) =>
        RunningGateway.StartAsync(
            [("DATABASE_URL", url), ("RATE_LIMIT_REQUESTS_PER_MINUTE", $"{PerMinute}"), .. own],
            change: parts => parts with { Time = time }
        );

    private static int Replicas(RunningGateway gateway) =>
        gateway.App.Services.GetRequiredService<LiveReplicas>().Count;
}
