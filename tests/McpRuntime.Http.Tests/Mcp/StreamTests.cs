using McpRuntime.Http.Connectors;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Streams of both eras: clients are told when the list of tools changes.</summary>
public class StreamTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscription_of_the_new_revision_gets_what_it_asked_for_under_its_own_id()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(home: home);
        await gateway.Client.JsonAsync(Modern("tools/list"));
        using var answer = await gateway.Client.SendAsync(
            Modern("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}", id: "\"mine\""),
            HttpCompletionOption.ResponseHeadersRead,
            Cancelled
        );
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancelled));

        var acknowledged = await NextAsync(events);
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await gateway.App.Services.GetRequiredService<FolderConnectors>().ReloadAsync(Cancelled);
        var changed = await NextAsync(events);

        Assert.Contains("notifications/subscriptions/acknowledged", acknowledged);
        Assert.Contains("notifications/tools/list_changed", changed);
        Assert.Contains("\"io.modelcontextprotocol/subscriptionId\":\"mine\"", changed);
    }

    [Fact]
    public async Task A_session_hears_of_changes_and_resumes_where_it_left()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(home: home);
        var session = await gateway.Client.InitializeAsync();
        await gateway.Client.JsonAsync(Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""", session: session));
        string id;
        using (var first = await ListenAsync(gateway, session, lastEventId: null))
        {
            using var events = new StreamReader(await first.Content.ReadAsStreamAsync(Cancelled));
            id = (await events.ReadLineAsync(Cancelled))!["id: ".Length..];
        }
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await gateway.App.Services.GetRequiredService<FolderConnectors>().ReloadAsync(Cancelled);

        using var second = await ListenAsync(gateway, session, id);
        using var rest = new StreamReader(await second.Content.ReadAsStreamAsync(Cancelled));

        Assert.Contains("notifications/tools/list_changed", await NextAsync(rest));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("r99-1")]
    [InlineData("s-x")]
    public async Task An_event_that_is_not_kept_cannot_be_resumed(string id)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var session = await gateway.Client.InitializeAsync();

        using var answer = await ListenAsync(gateway, session, id);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_stop_ends_open_streams_at_once()
    {
        // A stop that waits for the streams would take the hour.
        await using var gateway = await RunningGateway.StartAsync([("SHUTDOWN_SECONDS", "3600")]);
        var session = await gateway.Client.InitializeAsync();
        using var stream = await ListenAsync(gateway, session, lastEventId: null);
        using var listening = await gateway.Client.SendAsync(
            Modern("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}"),
            HttpCompletionOption.ResponseHeadersRead,
            Cancelled
        );

        await gateway.StopAsync().WaitAsync(ProcessRunner.HangGuard, Cancelled);
    }

    private static Task<HttpResponseMessage> ListenAsync(RunningGateway gateway, string session, string? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    private static async Task<string> NextAsync(StreamReader events)
    {
        while (await events.ReadLineAsync(Cancelled) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException("The stream ended.");
    }
}
