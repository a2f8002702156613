using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>Two gateways in processes of their own, with one database, behind nginx.</summary>
internal sealed class TwoReplicas : IAsyncDisposable
{
    private readonly TemporaryFolder _home;

    private TwoReplicas(TemporaryFolder home, RecordingUpstream upstream)
    {
        _home = home;
        Upstream = upstream;
    }

    public RecordingUpstream Upstream { get; }

    public required ReplicaProcess One { get; init; }

    public required ReplicaProcess Two { get; init; }

    public required Nginx Nginx { get; init; }

    /// <summary>An admin through nginx.</summary>
    public required HttpClient Client { get; init; }

    /// <summary>The same at the replicas themselves.</summary>
    public required HttpClient AtOne { get; init; }

    public required HttpClient AtTwo { get; init; }

    /// <summary>Starts all; skips the test where nginx or PostgreSQL is not installed.</summary>
    /// <param name="postgres">The server.</param>
    /// <param name="variant"><c>stateless</c> or <c>sticky</c>.</param>
    public static async Task<TwoReplicas> StartAsync(PostgresServer postgres, string variant = "stateless")
    {
        Nginx.Program();
        var url = await postgres.CreateDatabaseAsync();
        var home = new TemporaryFolder();
        var upstream = Manifests.Upstream();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        (string, string)[] settings =
        [
            Manifests.Loopback,
            ("DATABASE_URL", url),
            ("CONNECTORS_DIR", home.PathOf("connectors")),
            ("STATELESS", variant == "stateless" ? "true" : "false"),
            ("TRUSTED_PROXIES", "127.0.0.1/32"),
            ("RATE_LIMIT_REQUESTS_PER_MINUTE", "0"),
        ];
        var one = new ReplicaProcess(settings);
        var two = new ReplicaProcess(settings);
        await one.StartAsync();
        await two.StartAsync();
        var nginx = await Nginx.StartAsync(variant, [one.Url, two.Url]);
        await using var database = Database.Open(DatabaseTarget.Postgres.TryParse(url)!);
        var (_, token) = await new TokenStore(database, TimeProvider.System).CreateAsync(
            "test",
            ["admin"],
            null,
            TestContext.Current.CancellationToken
        );
        return new TwoReplicas(home, upstream)
        {
            One = one,
            Two = two,
            Nginx = nginx,
            Client = ClientOf(nginx.Url, token),
            AtOne = ClientOf(one.Url, token),
            AtTwo = ClientOf(two.Url, token),
        };
    }

    /// <summary>Ids as the status lists them.</summary>
    public static async Task<string> IdAsync(HttpClient replica) =>
        (await replica.SendAsync("GET", "/v1/runtime")).Text("replica");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Client, AtOne, AtTwo })
            client.Dispose();
        await Nginx.DisposeAsync();
        await One.DisposeAsync();
        await Two.DisposeAsync();
        await Upstream.DisposeAsync();
        _home.Dispose();
    }

    private static HttpClient ClientOf(Uri url, string token)
    {
        var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
