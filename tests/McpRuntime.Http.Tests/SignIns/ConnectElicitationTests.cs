using System.Collections.Concurrent;
using McpRuntime.Http.Authentication;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Clients that open pages for their users get the link as URL elicitation, others as text.</summary>
public sealed class ConnectElicitationTests
{
    private const string Session = "2025-11-25";
    private const string PerRequest = "2026-07-28";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_gets_an_error_with_the_page_and_hears_when_the_account_is_connected(bool hasProgress)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        await using var client = await OpenAsync(made, ann, Session, opensPages: true);
        var completed = new TaskCompletionSource<string?>();
        await using var handler = client.RegisterNotificationHandler(
            NotificationMethods.ElicitationCompleteNotification,
            (notification, _) =>
            {
                completed.TrySetResult((string?)notification.Params!["elicitationId"]);
                return default;
            }
        );

        var needed = await Assert.ThrowsAsync<UrlElicitationRequiredException>(() => CallAsync(client, hasProgress));

        var page = Assert.Single(needed.Elicitations);
        Assert.Matches(ConnectCaller.Link(), page.Url);
        Assert.DoesNotContain("http", page.Message + needed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Url!.Split('/')[^1], page.ElicitationId, StringComparison.Ordinal);
        await ListeningAsync(made);
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(new Uri(page.Url), ann.Token);
        Assert.Equal(page.ElicitationId, await completed.Task.WaitAsync(Cancelled));
        Assert.NotEqual(true, (await CallAsync(client, hasProgress)).IsError);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(false, "?expose=search")]
    public async Task A_request_without_a_session_asks_for_input_and_goes_on_when_the_account_is_connected(
        bool hasProgress,
        string query
    )
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var asked = new ConcurrentQueue<ElicitRequestParams>();
        await using var client = await OpenAsync(
            made,
            ann,
            PerRequest,
            opensPages: true,
            async page =>
            {
                asked.Enqueue(page);
                await browser.ConnectAsync(new Uri(page.Url!), ann.Token);
                return "accept";
            },
            query
        );

        var answer = await CallAsync(client, hasProgress, query.Length > 0);

        Assert.NotEqual(true, answer.IsError);
        var page = Assert.Single(asked);
        Assert.Equal("url", page.Mode);
        Assert.DoesNotContain("http", page.Message, StringComparison.Ordinal);
        Assert.Null(page.ElicitationId);
    }

    [Theory]
    [InlineData("accept", "complete the page that was opened")]
    [InlineData("decline", "was not opened")]
    [InlineData("cancel", "was not opened")]
    public async Task A_user_is_asked_once_a_call(string action, string expected)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        var asked = 0;
        await using var client = await OpenAsync(made, ann, PerRequest, opensPages: true, _ =>
        {
            asked++;
            return Task.FromResult(action);
        });

        var answer = await CallAsync(client);

        Assert.True(answer.IsError);
        Assert.Contains(expected, TextOf(answer), StringComparison.Ordinal);
        Assert.DoesNotMatch(ConnectCaller.Link(), TextOf(answer));
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(Session, false, "per_caller", false)]
    [InlineData(PerRequest, false, "per_caller", false)]
    // Without sessions the server does not know what a client of this revision can do.
    [InlineData(Session, true, "per_caller", true)]
    // An account that all callers share is not connected in passing.
    [InlineData(Session, true, "shared", false)]
    [InlineData(PerRequest, true, "shared", false)]
    public async Task Others_get_the_link_as_text(string revision, bool opensPages, string overHttp, bool isStateless)
    {
        await using var made = await ConnectGateway.StartAsync(
            overHttp,
            settings: isStateless ? [("STATELESS", "true")] : []
        );
        var admin = await made.CallerAsync("admin");
        await using var client = await OpenAsync(made, admin, revision, opensPages, _ =>
            throw new InvalidOperationException("The user was asked.")
        );

        var answer = await CallAsync(client);

        Assert.True(answer.IsError);
        Assert.Matches(ConnectCaller.Link(), TextOf(answer));
    }

    private static Task<McpClient> OpenAsync(
        ConnectGateway made,
        ConnectCaller caller,
        string revision,
        bool opensPages,
        Func<ElicitRequestParams, Task<string>>? user = null,
        string query = ""
    )
    {
        var options = new McpClientOptions
        {
            ProtocolVersion = revision,
            Capabilities = new ClientCapabilities
            {
                Elicitation = opensPages
                    ? new() { Url = new UrlElicitationCapability() }
                    : new() { Form = new FormElicitationCapability() },
            },
        };
        options.Handlers.ElicitationHandler = async (asked, _) =>
            new ElicitResult { Action = user is null ? "cancel" : await user(asked!) };
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = new Uri(made.Gateway.Url, "/mcp" + query),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + caller.Token },
            }
        );
        return McpClient.CreateAsync(transport, options, cancellationToken: Cancelled);
    }

    // The client opens its stream in the background, and is told nothing before.
    private static async Task ListeningAsync(ConnectGateway made)
    {
        var streams = made.Gateway.App.Services.GetRequiredService<OpenStreams>();
        while (streams.Count == 0)
            await Task.Delay(10, Cancelled);
    }

    // A call that wants to hear of its progress takes the way through the protocol library.
    private static async Task<CallToolResult> CallAsync(
        McpClient client,
        bool hasProgress = false,
        bool isSearch = false
    ) =>
        await client.CallToolAsync(
            isSearch ? "call_read_tool" : "get_item",
            isSearch
                ? new Dictionary<string, object?>
                {
                    ["name"] = "get_item",
                    ["arguments"] = new Dictionary<string, object?> { ["id"] = 7 },
                }
                : new Dictionary<string, object?> { ["id"] = 7 },
            hasProgress ? new Progress<ProgressNotificationValue>() : null,
            cancellationToken: Cancelled
        );

    private static string TextOf(CallToolResult answer) => ((TextContentBlock)answer.Content[0]).Text;
}
