using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using McpRuntime.Http.LiveView;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.LiveView;

/// <summary>The live view of one replica shows what happens at all.</summary>
public class LiveRelayTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_sees_the_calls_of_all_replicas_and_which_it_was()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var url = await postgres.CreateDatabaseAsync();
        (string, string)[] settings =
        [
            Manifests.Loopback,
            ("DATABASE_URL", url),
            ("CONNECTORS_DIR", home.PathOf("connectors")),
        ];
        await using var one = await RunningGateway.StartAsync(settings);
        await using var two = await RunningGateway.StartAsync(settings);
        using var elsewhere = new HttpClient { BaseAddress = two.Url };
        elsewhere.DefaultRequestHeaders.Authorization = one.Client.DefaultRequestHeaders.Authorization;
        var second = (await elsewhere.SendAsync("GET", "/v1/runtime")).Text("replica");
        var ticket = (await one.Client.SendAsync("POST", "/v1/runtime/tickets", "{}", 201)).Text("ticket");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"ws://{one.Url.Authority}/v1/runtime/stream?ticket={ticket}&level=none"),
            Cancelled
        );

        using var seen = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        // Until the other replica knows that someone watches, it tells no one.
        var calling = Task.Run(
            async () =>
            {
                while (!seen.IsCancellationRequested)
                    await elsewhere.JsonAsync(Call("get_item", """{"id":7}"""));
            },
            Cancelled
        );
        JsonElement happened;
        do
        {
            happened = await LiveTests.NextAsync(socket);
        } while (happened.Text("replica") != second || happened.Text("type") != "call.ended");
        await seen.CancelAsync();
        await calling;

        Assert.Equal(
            ("shop", "get_item", "ok"),
            (happened.Text("connector"), happened.Text("tool"), happened.Text("outcome"))
        );
    }

    [Fact]
    public void Events_come_through_a_payload_as_they_were()
    {
        var events = new Queue<LiveEvent>([EventOf("call.ended", "team", "shop"), new LiveEvent("one", "log", writer =>
            {
                writer.WriteStartObject("line");
                writer.WriteString("level", "warning");
                writer.WriteEndObject();
            }) { Level = LogLevel.Warning }]);
        var json = events.Select(happened => Encoding.UTF8.GetString(happened.Json)).ToList();

        var (payloads, count, tooLong) = LivePayload.Fill(
            "one",
            3,
            () => events.TryDequeue(out var next) ? next : null,
            4
        );
        var read = LivePayload.Read(Assert.Single(payloads))!.Value;

        Assert.Equal(("one", 3, 2, 0), (read.From, read.Dropped, count, tooLong));
        Assert.Equal(json, read.Events.Select(happened => Encoding.UTF8.GetString(happened.Json)));
        Assert.Equal(("team", "shop", true), (read.Events[0].Project, read.Events[0].Connector, read.Events[0].IsCall));
        Assert.Equal((LogLevel.Warning, true), (read.Events[1].Level, read.Events[1].IsLog));
    }

    [Fact]
    public void Payloads_stay_within_what_a_notification_carries()
    {
        var events = new Queue<LiveEvent>(
            Enumerable
                .Range(0, 500)
                .Select(i => EventOf("call.ended", "team", new string('ö', i % 50 == 49 ? 9_000 : 200)))
        );

        var (payloads, count, tooLong) = LivePayload.Fill(
            "one",
            0,
            () => events.TryDequeue(out var next) ? next : null,
            4
        );

        Assert.Equal(4, payloads.Count);
        Assert.All(payloads, payload => Assert.InRange(Encoding.UTF8.GetByteCount(payload), 1, 7_999));
        Assert.Equal(count, payloads.Sum(payload => LivePayload.Read(payload)!.Value.Events.Count));
        Assert.Equal(500, count + tooLong + events.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"from":"one"}""")]
    [InlineData("""{"from":"one","dropped":"x","events":[]}""")]
    [InlineData("""{"from":"one","dropped":0,"events":[{}]}""")]
    [InlineData("""{"from":"one","dropped":0,"events":[{"type":"log"}]}""")]
    public void What_is_no_payload_is_not_read(string payload) => Assert.Null(LivePayload.Read(payload));

    private static LiveEvent EventOf(string type, string project, string connector) =>
        new("one", type, writer => Members(writer, project, connector)) { Project = project, Connector = connector };

    private static void Members(Utf8JsonWriter writer, string project, string connector)
    {
        writer.WriteString("project", project);
        writer.WriteString("connector", connector);
    }
}
