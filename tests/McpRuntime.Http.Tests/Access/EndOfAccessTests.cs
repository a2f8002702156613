using System.Net.WebSockets;
using System.Text;
using McpRuntime.Http.Hosting;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Authentication;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Access;

/// <summary>What is open when a token is revoked or expires is ended, not only refused the next time.</summary>
public class EndOfAccessTests
{
    private const string Key = "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public enum End
    {
        RevokedHere,
        RevokedElsewhere,
        Expired,
    }

    [Theory]
    [InlineData(End.RevokedHere)]
    [InlineData(End.RevokedElsewhere)]
    [InlineData(End.Expired)]
    public async Task Streams_and_live_views_of_a_token_end_with_it_and_those_of_others_go_on(End end)
    {
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync(change: parts => parts with { Time = time });
        var tokens = gateway.App.Services.GetRequiredService<TokenStore>();
        var (token, text) = await tokens.CreateAsync("leaves", ["admin"], TimeSpan.FromHours(1), Cancelled);
        using var leaving = ClientOf(gateway, text);
        using var staying = await OpenAsync(gateway, gateway.Client);
        using var opened = await OpenAsync(gateway, leaving);

        if (end == End.RevokedHere)
        {
            await gateway.Client.SendAsync("DELETE", $"/v1/tokens/{token.Id}", status: 204);
        }
        else if (end == End.RevokedElsewhere)
        {
            await using var elsewhere = Database.Open(
                gateway.App.Services.GetRequiredService<GatewayParts>().Gateway.Database
            );
            await new TokenStore(elsewhere, time).RevokeAsync(token.Id, Cancelled);
            time.Advance(TimeSpan.FromSeconds(3));
        }
        else
        {
            time.Advance(TimeSpan.FromHours(1));
        }

        await opened.EndedAsync();
        Assert.True(staying.IsOpen);
        await leaving.SendAsync("GET", "/v1/tools", status: 401);
    }

    [Fact]
    public async Task Streams_of_a_JWT_end_with_it_and_its_session_goes_on_with_the_next_one()
    {
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync(
            [
                ("JWT_SECRET_KEY", Key),
                ("JWT_ROLES_CLAIM", "roles"),
                ("PUBLIC_URL", "https://mcp.example"),
                ("ALLOWED_HOSTS", "127.0.0.1"),
            ],
            change: parts => parts with { Time = time }
        );
        using var caller = ClientOf(gateway, Jwt(time, minutes: 5));
        var session = await caller.InitializeAsync();
        using var stream = await caller.SendAsync(Listen(session), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        var reading = (await stream.Content.ReadAsStreamAsync(Cancelled)).CopyToAsync(Stream.Null, Cancelled);

        time.Advance(TimeSpan.FromMinutes(6));
        await Ended(reading);
        caller.DefaultRequestHeaders.Authorization = new("Bearer", Jwt(time, minutes: 15));

        await caller.JsonAsync(Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""", session: session));
    }

    private static string Jwt(TimeProvider time, int minutes) =>
        TestAuthority.Sign(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)),
            "HS256",
            "mcp-runtime",
            "https://mcp.example",
            ["admin"],
            minutes,
            now: time.GetUtcNow()
        );

    private static HttpClient ClientOf(RunningGateway gateway, string token)
    {
        var client = new HttpClient { BaseAddress = gateway.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static HttpRequestMessage Listen(string session)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Accept.ParseAdd("text/event-stream");
        return request;
    }

    private static async Task<Opened> OpenAsync(RunningGateway gateway, HttpClient client)
    {
        var session = await client.InitializeAsync();
        var stream = await client.SendAsync(Listen(session), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        var subscription = await client.SendAsync(
            Modern("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}"),
            HttpCompletionOption.ResponseHeadersRead,
            Cancelled
        );
        var ticket = (await client.SendAsync("POST", "/v1/runtime/tickets", "{}", 201)).Text("ticket");
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"ws://{gateway.Url.Authority}/v1/runtime/stream?ticket={ticket}&level=none"),
            Cancelled
        );
        return new Opened(
            stream,
            subscription,
            socket,
            [
                (await stream.Content.ReadAsStreamAsync(Cancelled)).CopyToAsync(Stream.Null, Cancelled),
                (await subscription.Content.ReadAsStreamAsync(Cancelled)).CopyToAsync(Stream.Null, Cancelled),
                ReadAsync(socket),
            ]
        );
    }

    private static async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), Cancelled)).MessageType != WebSocketMessageType.Close)
        {
            // Whatever it shows; only its end counts.
        }
    }

    // However it ends.
    private static async Task Ended(Task reading)
    {
        try
        {
            await reading.WaitAsync(ProcessRunner.HangGuard, Cancelled);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or WebSocketException)
        {
            // Cut off is ended, too.
        }
    }

    private sealed record Opened(
        HttpResponseMessage Stream,
        HttpResponseMessage Subscription,
        ClientWebSocket Socket,
        Task[] Reading
    ) : IDisposable
    {
        public bool IsOpen => Reading.All(reading => !reading.IsCompleted);

        public Task EndedAsync() => Task.WhenAll(Reading.Select(Ended));

        public void Dispose()
        {
            Stream.Dispose();
            Subscription.Dispose();
            Socket.Dispose();
        }
    }
}
