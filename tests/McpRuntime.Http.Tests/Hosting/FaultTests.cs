using System.Net.Sockets;
using System.Text;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>What goes wrong around the gateway; it keeps serving the others.</summary>
public class FaultTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reload_during_load_fails_no_call()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var folder = gateway.App.Services.GetRequiredService<FolderConnectors>();
        var reloading = Task.Run(
            async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    home.Write(
                        "connectors/shop.yaml",
                        Manifests.Shop(upstream.Url).Replace("1.0.0", $"1.0.{i}", StringComparison.Ordinal)
                    );
                    await folder.ReloadAsync(Cancelled);
                }
            },
            Cancelled
        );
        var calls = 0;
        await Parallel.ForAsync(0, 8, Cancelled, async (_, _) =>
        {
            do
            {
                var answer = await gateway.Client.JsonAsync(Call("get_item", """{"id":7}"""));
                Assert.False(answer.GetProperty("result").TryGetProperty("isError", out var _), answer.ToString());
                Interlocked.Increment(ref calls);
            } while (!reloading.IsCompleted);
        });
        await reloading;

        Assert.Equal(calls, upstream.Requests.Count);
    }

    [Fact]
    public async Task While_the_database_is_away_known_callers_go_on_and_nothing_of_the_audit_is_lost()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var url = await postgres.CreateDatabaseAsync();
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("DATABASE_URL", url)],
            home,
            parts => parts with { Time = time }
        );
        var (_, text) = await gateway
            .App.Services.GetRequiredService<TokenStore>()
            .CreateAsync("u", ["admin"], null, Cancelled);
        gateway.Client.DefaultRequestHeaders.Authorization = new("Bearer", text);
        await gateway.Client.JsonAsync(Call("get_item", """{"id":1}"""));

        await DatabaseAsync(url, "ALTER DATABASE {0} ALLOW_CONNECTIONS false");
        time.Advance(TokenCache.Fresh + TimeSpan.FromSeconds(1));
        await gateway.Client.JsonAsync(Call("get_item", """{"id":2}"""));
        Assert.Contains("database", (await gateway.Client.SendAsync("GET", "/health/ready")).Text("problem"));
        using (var stranger = new HttpClient { BaseAddress = gateway.Url })
        {
            stranger.DefaultRequestHeaders.Authorization = new("Bearer", TokenSecret.Create().Text);
            await stranger.SendAsync("GET", "/v1/tools", status: 503);
        }
        await DatabaseAsync(url, "ALTER DATABASE {0} ALLOW_CONNECTIONS true");

        Assert.Equal(2, (await Audit.CallsAsync(gateway.Client, 2)).Count);
    }

    [Fact]
    public async Task On_a_full_disk_calls_go_on_changes_are_refused_and_nothing_of_the_audit_is_lost()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.UserName == "root",
            "Only root can mount a file system of a small size."
        );
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var data = Directory.CreateDirectory(home.PathOf("data")).FullName;
        var mounted = await ProcessRunner.RunAsync(
            "mount",
            ["-t", "tmpfs", "-o", "size=1m", "tmpfs", data],
            cancellationToken: Cancelled
        );
        Assert.SkipWhen(mounted.ExitCode != 0, $"A small file system cannot be mounted here: {mounted.Error}");
        try
        {
            await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
            using var admin = gateway.Admin();
            await FillAsync(Path.Combine(data, "filler"));

            for (var id = 1; id <= 50; id++)
                Assert.Equal(200, await StatusAsync(admin, id));
            await admin.SendAsync(
                "POST",
                "/v1/projects",
                $$"""{"name":"p","description":"{{new string('x', 1900)}}"}""",
                503
            );
            File.Delete(Path.Combine(data, "filler"));

            Assert.Equal(50, (await Audit.CallsAsync(admin, 50)).Count);
            await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        }
        finally
        {
            await ProcessRunner.RunAsync("umount", ["--lazy", data], cancellationToken: CancellationToken.None);
        }

        static async Task<int> StatusAsync(HttpClient admin, int id)
        {
            using var answer = await admin.SendAsync(Call("get_item", $$"""{"id":{{id}}}"""), Cancelled);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_thousand_clients_that_listen_and_never_read_do_not_hold_up_others()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var admin = gateway.Admin();
        var sockets = new System.Collections.Concurrent.ConcurrentBag<TcpClient>();
        await Parallel.ForAsync(
            0,
            1000,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancelled },
            async (i, _) =>
            {
                var socket = new TcpClient { ReceiveBufferSize = 1024 };
                sockets.Add(socket);
                await socket.ConnectAsync(gateway.Url.Host, gateway.Url.Port, Cancelled);
                var session = await gateway.Client.InitializeAsync();
                var head = $"Host: {gateway.Url.Authority}\r\nMcp-Session-Id: {session}\r\n";
                // Half listen to a stream of events; the others ask again and again for what they never read.
                var text =
                    i % 2 == 0
                        ? $"GET /mcp HTTP/1.1\r\n{head}Accept: text/event-stream\r\n\r\n"
                        : string.Concat(Enumerable.Repeat($"GET / HTTP/1.1\r\n{head}\r\n", 100));
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancelled);
            }
        );

        for (var change = 0; change < 20; change++)
        {
            home.Write(
                "connectors/shop.yaml",
                Manifests
                    .Shop(upstream.Url)
                    .Replace("Reads one item.", $"Reads item {change}.", StringComparison.Ordinal)
            );
            await admin.SendAsync("POST", "/v1/runtime/reload");
            await gateway.Client.JsonAsync(Call("get_item", """{"id":7}"""));
        }

        Assert.Equal(20, (await Audit.CallsAsync(admin, 20)).Count);
        foreach (var socket in sockets)
            socket.Dispose();
        await gateway.Client.JsonAsync(Modern("tools/list"));
    }

    [Fact]
    public async Task Clients_that_connect_and_say_nothing_or_half_do_not_hold_up_others()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var sockets = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var socket = new TcpClient();
            await socket.ConnectAsync(gateway.Url.Host, gateway.Url.Port, Cancelled);
            var half =
                i % 2 == 0
                    ? ""
                    : "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half), Cancelled);
            sockets.Add(socket);
        }

        await gateway.Client.JsonAsync(Modern("tools/list"));
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Ten_thousand_malformed_requests_change_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        const string Good =
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"ä"}}}""";
        // The same requests in every run.
        var random = new Random(20261122);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000).Select(_ => Mutate(Good, random)).ToList(),
            Cancelled,
            async (body, _) =>
            {
                using var request = Post("");
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new("application/json");
                using var answer = await gateway.Client.SendAsync(request, Cancelled);
                Assert.InRange((int)answer.StatusCode, 400, 499);
            }
        );

        Assert.Equal("ä", (await gateway.Client.JsonAsync(Call("echo", """{"message":"ä"}"""))).Text());
        Assert.DoesNotContain("error ", await gateway.EndAsync());
    }

    private static async Task FillAsync(string path)
    {
        var block = new byte[4096];
        await using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                await filler.WriteAsync(block, Cancelled);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static byte[] Mutate(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var change = random.Next(1, 8); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.Slice(0, Math.Min(at, 10)));
                    break;
            }
        }
        return [.. bytes];
    }

    // Connections that are open are cut, too.
    private static async Task DatabaseAsync(string url, string command)
    {
        var target = new Uri(url);
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={target.Port};Username=gateway;Database=postgres;Pooling=false"
        );
        var name = target.AbsolutePath[1..];
        await using var change = source.CreateCommand(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, command, name)
        );
        await change.ExecuteNonQueryAsync(Cancelled);
        await using var cut = source.CreateCommand(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        await cut.ExecuteNonQueryAsync(Cancelled);
    }
}
