using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.LiveView;

/// <summary>The WebSocket of the live view.</summary>
public class LiveTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_sees_calls_start_and_end()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var admin = gateway.Admin();
        using var socket = await OpenAsync(gateway, await TicketAsync(admin), "&level=none");

        await admin.JsonAsync(Call("get_item", """{"id":7}"""));
        var (started, ended) = (await NextAsync(socket), await NextAsync(socket));

        Assert.Equal(
            ("call.started", "shop", "get_item"),
            (started.Text("type"), started.Text("connector"), started.Text("tool"))
        );
        Assert.Equal(("call.ended", "ok", "200"), (ended.Text("type"), ended.Text("outcome"), ended.Text("status")));
        Assert.Equal(started.Text("id"), ended.Text("id"));
    }

    [Fact]
    public async Task A_viewer_and_health_are_told_when_an_origin_is_not_called()
    {
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Empty(503));
        using var home = new TemporaryFolder();
        home.Write(
            "connectors/shop.yaml",
            Manifests
                .Shop(upstream.Url)
                .Replace("version: 1.0.0", "version: 1.0.0\n  limits: { max_attempts: 1 }", StringComparison.Ordinal)
        );
        // The clock stands, so that all failures are of one time and the pause does not end.
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home, parts =>
            parts with
            {
                Time = time,
            }
        );
        using var admin = gateway.Admin();
        await admin.JsonAsync(Modern("tools/list"));
        Assert.Equal(
            "closed",
            (await admin.SendAsync("GET", "/health/ready")).GetProperty("connectors")[0].Text("breaker")
        );
        using var socket = await OpenAsync(gateway, await TicketAsync(admin), "&level=none");

        for (var call = 0; call < 21; call++)
            await admin.JsonAsync(Call("get_item", """{"id":7}"""));
        JsonElement change;
        do
        {
            change = await NextAsync(socket);
        } while (change.Text("type") != "breaker");

        var origin = upstream.Url.GetLeftPart(UriPartial.Authority);
        Assert.Equal((origin, "open"), (change.Text("origin"), change.Text("state")));
        Assert.Equal(
            $"open for {origin}",
            (await admin.SendAsync("GET", "/health/ready")).GetProperty("connectors")[0].Text("breaker")
        );
    }

    [Fact]
    public async Task A_viewer_of_one_project_sees_its_calls_alone()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var roles = home.Write(
            "roles.json",
            """{"roles": {"viewer": {"projects": ["mine"], "rights": ["runtime"], "access": "none"}}}"""
        );
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback, ("ROLES_FILE", roles)], home);
        foreach (var project in new[] { "mine", "other" })
        {
            await gateway.Client.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
            await gateway.Client.SendAsync(
                "POST",
                $"/v1/projects/{project}/connectors",
                Manifests.Shop(upstream.Url),
                201,
                type: "application/yaml"
            );
        }
        using var viewer = await gateway.ClientAsync("viewer");
        using var socket = await OpenAsync(gateway, await TicketAsync(viewer), "&level=trace");

        // Each of the first three would be told, with log lines and a reload in between, to someone who may see them.
        await gateway.Client.JsonAsync(Call("get_item", """{"id":1}"""));
        await gateway.Client.JsonAsync(Call("get_item", """{"id":2}""", "/projects/other/mcp"));
        home.Write("connectors/more.yaml", Manifests.Shop(upstream.Url, "more"));
        await gateway.Client.SendAsync("POST", "/v1/runtime/reload");
        await gateway.Client.JsonAsync(Call("get_item", """{"id":3}""", "/projects/mine/mcp"));

        Assert.Equal(("call.started", "mine"), await NextOfAsync(socket));
        Assert.Equal(("call.ended", "mine"), await NextOfAsync(socket));

        static async Task<(string, string?)> NextOfAsync(ClientWebSocket socket)
        {
            var next = await NextAsync(socket);
            return (next.Text("type"), next.TryGetProperty("project", out var project) ? project.GetString() : null);
        }
    }

    [Fact]
    public async Task A_ticket_is_good_once_and_for_a_short_time()
    {
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync(change: parts => parts with { Time = time });
        using var admin = gateway.Admin();
        var used = await TicketAsync(admin);
        using (await OpenAsync(gateway, used))
        {
            await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(gateway, used));
        }
        var old = await TicketAsync(admin);
        time.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(gateway, old));
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(gateway, "guess"));
        await gateway.Anonymous.SendAsync("POST", "/v1/runtime/tickets", "{}", 401);
    }

    [Fact]
    public async Task A_page_of_another_origin_opens_no_stream()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var ticket = await TicketAsync(admin);

        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(gateway, ticket, origin: "https://evil.example"));
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_loses_events_and_is_told_how_many()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        using var socket = await OpenAsync(gateway, await TicketAsync(admin), "&level=none");
        var feed = gateway.App.Services.GetRequiredService<CallFeed>();
        var filler = new string('x', 20_000);
        for (var i = 0; i < 5_000; i++)
            feed.Publish(
                new CallEvent($"{i}", DateTimeOffset.UtcNow, null, filler, "t", "c", "ok", 200, TimeSpan.Zero)
            );

        long seen = 0,
            dropped = 0;
        while (dropped == 0)
        {
            var happened = await NextAsync(socket);
            seen++;
            if (happened.TryGetProperty("dropped", out var count))
                dropped = count.GetInt64();
            else if (seen > 500)
                feed.Publish(
                    new CallEvent("last", DateTimeOffset.UtcNow, null, "", "t", "c", "ok", 200, TimeSpan.Zero)
                );
        }

        Assert.InRange(dropped, 1, 5_000);
    }

    internal static async Task<string> TicketAsync(HttpClient admin) =>
        (await admin.SendAsync("POST", "/v1/runtime/tickets", "{}", 201)).Text("ticket");

    internal static async Task<ClientWebSocket> OpenAsync(
        RunningGateway gateway,
        string ticket,
        string query = "",
        string? origin = null
    )
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(
            new Uri($"ws://{gateway.Url.Authority}/v1/runtime/stream?ticket={ticket}{query}"),
            Cancelled
        );
        return socket;
    }

    internal static async Task<JsonElement> NextAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket
                .ReceiveAsync(buffer.AsMemory(), Cancelled)
                .AsTask()
                .WaitAsync(ProcessRunner.HangGuard, Cancelled);
            message.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonElement.Parse(Encoding.UTF8.GetString(message.ToArray()));
    }
}
