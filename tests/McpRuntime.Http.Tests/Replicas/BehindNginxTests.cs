using System.Net.WebSockets;
using McpRuntime.Http.Tests.LiveView;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>Two replicas as <c>deploy/nginx</c> puts them behind nginx, and what happens to them.</summary>
public class BehindNginxTests(PostgresServer postgres, ITestOutputHelper output)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stateless")]
    [InlineData("sticky")]
    public async Task The_live_view_connects_each_time_and_shows_both(string variant)
    {
        await using var replicas = await TwoReplicas.StartAsync(postgres, variant);
        for (var time = 0; time < 99; time++)
            (await OpenAsync(replicas)).Dispose();
        using var socket = await OpenAsync(replicas);

        // Behind the sticky variant all calls of one client are at one replica.
        await using var atOne = new Load(replicas.AtOne, 1);
        await using var atTwo = new Load(replicas.AtTwo, 1);
        var seen = new HashSet<string>();
        while (seen.Count < 2)
            seen.Add((await LiveTests.NextAsync(socket)).Text("replica"));

        Assert.Equal(
            new[] { await TwoReplicas.IdAsync(replicas.AtOne), await TwoReplicas.IdAsync(replicas.AtTwo) }.Order(),
            seen.Order()
        );
    }

    [Fact]
    public async Task What_is_changed_through_nginx_holds_at_both()
    {
        await using var replicas = await TwoReplicas.StartAsync(postgres);
        HttpClient[] each = [replicas.AtOne, replicas.AtTwo];

        await replicas.Client.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":false}""", ifMatch: "*");
        foreach (var replica in each)
            await Eventually.IsAsync(false, () => ServesAsync(replica));
        await replicas.Client.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":true}""", ifMatch: "*");
        foreach (var replica in each)
            await Eventually.IsAsync(true, () => ServesAsync(replica));

        await replicas.Client.SendAsync("POST", "/v1/runtime/drain", "{}");
        foreach (var replica in each)
            await Eventually.IsAsync(false, () => Nginx.IsReadyAsync(replica));
        await replicas.Client.SendAsync("POST", "/v1/runtime/drain", """{"draining":false}""");
        foreach (var replica in each)
            await Eventually.IsAsync(true, () => Nginx.IsReadyAsync(replica));
    }

    [Fact]
    public async Task A_stream_of_events_arrives_as_it_is_sent()
    {
        await using var replicas = await TwoReplicas.StartAsync(postgres, "sticky");
        var session = await replicas.Client.InitializeAsync();
        // Who has seen no list is not told that it changed.
        await replicas.Client.JsonAsync(Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "/mcp", session));
        using var listening = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        listening.Headers.Accept.ParseAdd("text/event-stream");
        listening.Headers.Add("Mcp-Session-Id", session);
        using var answer = await replicas.Client.SendAsync(
            listening,
            HttpCompletionOption.ResponseHeadersRead,
            Cancelled
        );
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancelled));

        await replicas.Client.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":false}""", ifMatch: "*");

        var line = "";
        while (!line.Contains("notifications/tools/list_changed", StringComparison.Ordinal))
            line = (await stream.ReadLineAsync(Cancelled).AsTask().WaitAsync(ProcessRunner.HangGuard, Cancelled))!;
    }

    [Fact]
    public async Task A_kill_loses_no_more_than_what_was_in_flight()
    {
        const int Callers = 8;
        await using var replicas = await TwoReplicas.StartAsync(postgres);
        await using var load = new Load(replicas.Client, Callers);
        await load.MoreAsync(200);

        await replicas.Two.KillAsync();
        var before = load.Succeeded;
        await Eventually.IsAsync(true, () => Task.FromResult(load.Succeeded >= before + 400));
        await load.EndAsync();

        output.WriteLine($"{load.Succeeded} calls, {load.Failures.Count} lost, slowest {load.Slowest}");
        Assert.True(load.Failures.Count <= Callers, string.Join('\n', load.Failures));
    }

    [Fact]
    public async Task A_rolling_restart_loses_none()
    {
        await using var replicas = await TwoReplicas.StartAsync(postgres);
        await using var load = new Load(replicas.Client, 8);
        await load.MoreAsync(100);

        foreach (
            var (process, client, other) in new[]
            {
                (replicas.Two, replicas.AtTwo, replicas.AtOne),
                (replicas.One, replicas.AtOne, replicas.AtTwo),
            }
        )
        {
            var id = await TwoReplicas.IdAsync(client);
            await Eventually.IsAsync(true, () => IsListedAsync(other, id));
            await other.SendAsync("POST", $"/v1/runtime/drain?replica={id}", "{}");
            await Eventually.IsAsync(false, () => Nginx.IsReadyAsync(process.Anonymous));
            await Eventually.IsAsync("0", async () =>
                (await client.SendAsync("GET", "/v1/runtime")).Text("runningCalls")
            );
            // Every answer from now on is of the other one.
            await load.MoreAsync(200);
            await process.StopAsync();
            await process.StartAsync();
            // nginx asks it again, and it answers.
            await Eventually.IsAsync(true, () => HasCallsAsync(client));
            await load.MoreAsync(200);
        }
        await load.EndAsync();

        output.WriteLine($"{load.Succeeded} calls, slowest {load.Slowest}");
        Assert.Empty(load.Failures);
    }

    [Fact]
    public async Task While_the_database_is_paused_stopped_and_started_again_no_call_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The server's processes are found as Linux lists them.");
        // Its own, since the others' tests need theirs.
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        await using var replicas = await TwoReplicas.StartAsync(server);
        await using var load = new Load(replicas.Client, 4);
        await load.MoreAsync(100);

        await server.SignalAsync("STOP");
        await Eventually.IsAsync(true, () => IsDatabaseAwayAsync(replicas.AtOne));
        await load.MoreAsync(300);
        await server.SignalAsync("CONT");
        await Eventually.IsAsync(false, () => IsDatabaseAwayAsync(replicas.AtOne));
        await load.MoreAsync(100);
        await server.StopAsync();
        await Eventually.IsAsync(true, () => IsDatabaseAwayAsync(replicas.AtOne));
        await load.MoreAsync(300);
        server.Restart();
        await Eventually.IsAsync(false, () => IsDatabaseAwayAsync(replicas.AtOne));
        await load.MoreAsync(100);
        await load.EndAsync();

        output.WriteLine($"{load.Succeeded} calls, slowest {load.Slowest}");
        Assert.Empty(load.Failures);
        // What replicas agree on, they do again.
        await replicas.Client.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":false}""", ifMatch: "*");
        foreach (var replica in new[] { replicas.AtOne, replicas.AtTwo })
            await Eventually.IsAsync(false, () => ServesAsync(replica));
    }

    [Fact]
    public async Task The_drain_command_drains_the_gateways_of_its_machine()
    {
        await using var replicas = await TwoReplicas.StartAsync(postgres);

        var drained = await replicas.One.RunAsync("drain", "--seconds", "0");

        Assert.True(drained.ExitCode == 0, drained.ToString());
        foreach (var replica in new[] { replicas.One, replicas.Two })
            await Eventually.IsAsync(false, () => Nginx.IsReadyAsync(replica.Anonymous));
    }

    private static async Task<ClientWebSocket> OpenAsync(TwoReplicas replicas)
    {
        var ticket = (await replicas.Client.SendAsync("POST", "/v1/runtime/tickets", "{}", 201)).Text("ticket");
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"ws://{replicas.Nginx.Url.Authority}/v1/runtime/stream?ticket={ticket}&level=none"),
            Cancelled
        );
        return socket;
    }

    private static async Task<bool> ServesAsync(HttpClient client) =>
        (await client.JsonAsync(Modern("tools/list"))).ToolNames().Contains("get_item");

    private static async Task<bool> IsListedAsync(HttpClient client, string id) =>
        (await client.SendAsync("GET", "/v1/runtime"))
            .GetProperty("replicas")
            .EnumerateArray()
            .Any(replica => replica.Text("id") == id);

    private static async Task<bool> HasCallsAsync(HttpClient client) =>
        (await client.GetStringAsync("/metrics", Cancelled)).Contains("\"get_item\"", StringComparison.Ordinal);

    private static async Task<bool> IsDatabaseAwayAsync(HttpClient client) =>
        (await client.GetStringAsync("/metrics", Cancelled)).Contains(
            "mcp_runtime_database_up 0",
            StringComparison.Ordinal
        );
}
