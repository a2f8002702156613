using System.Text;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Sending;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Testing;
using Place = McpRuntime.Manifests.ArgumentLocation;

namespace McpRuntime.Tests.Calls.Recording;

/// <summary>What an observer is told about a call; never a secret.</summary>
public class ObserverTests
{
    private const string Key = "topsecret-0815";

    [Fact]
    public async Task Each_attempt_is_told_with_its_answer_and_the_waits_between()
    {
        var time = new ManualTime();
        var seen = new Observer(wantsContent: false);
        await using var bench = new CallBench(
            RecordingUpstream.Start([UpstreamAnswer.Text("busy", 503), UpstreamAnswer.Json("[1,2]")]),
            time: time
        );
        var call = bench.OpenAsync(CallBench.Tool("GET /x"), options: new CallOptions { Observer = seen });
        await time.NextWaitAsync();
        var wait = await time.NextWaitAsync();
        time.Advance(wait);
        using var answer = await call;

        Assert.Equal(["sending", "answered", "waiting", "sending", "answered"], seen.Events);
        Assert.Equal(
            [(1, $"{bench.Upstream.Url}x"), (2, $"{bench.Upstream.Url}x")],
            seen.Exchanges.Select(exchange => (exchange.Request.Attempt, exchange.Request.Url))
        );
        Assert.All(seen.Exchanges, exchange =>
            Assert.Equal(
                ("GET", 3, answer.CallId),
                (exchange.Request.Method, exchange.Request.MaxAttempts, exchange.Request.CallId)
            )
        );
        // Timers count whole milliseconds.
        Assert.Equal(
            (CallWaitReason.Retry, (long)wait.TotalMilliseconds),
            (Assert.Single(seen.Waits).Reason, (long)seen.Waits[0].Duration!.Value.TotalMilliseconds)
        );
        Assert.Equal(wait, seen.Exchanges[1].Request.Waited);
        var (busy, good) = (seen.Exchanges[0].Response!, seen.Exchanges[1].Response!);
        Assert.Equal((503, "Status", 4, true), (busy.Status, busy.ReasonPhrase, busy.Bytes, busy.IsComplete));
        Assert.Equal((200, "application/json", 5), (good.Status, good.MediaType, good.Bytes));
        Assert.Null(busy.Failure);
        // No one asked for the content.
        Assert.All(seen.Exchanges, exchange =>
            Assert.True(
                exchange.Request.Content is null
                    && exchange.Response!.Headers.Count == 0
                    && exchange.Response.Beginning.IsEmpty
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_is_that_of_the_preview_and_holds_no_secret(bool isError)
    {
        var seen = new Observer(wantsContent: true);
        await using var bench = CallBench.Start(
            new UpstreamAnswer(
                isError ? 400 : 200,
                Encoding.UTF8.GetBytes($$"""{"echo":"{{Key}}","n":1}"""),
                "Content-Type: application/json",
                $"X-Echo: {Key}",
                "Set-Cookie: sid=abcdef",
                "X-Session-Token: abcdef",
                "X-Plain: yes"
            )
        );
        Secure(bench);
        var tool = CallBench.Tool("POST /x") with
        {
            Body = new BodyBinding { ContentType = "application/json", Argument = "body" },
        };
        const string Arguments = $$$"""{"body":{"note":"{{{Key}}}","a":1}}""";
        using (await bench.OpenAsync(tool, Arguments, options: new CallOptions { Observer = seen }))
        {
            var (request, response) = Assert.Single(seen.Exchanges);
            var preview = await bench.PreviewAsync(tool, Arguments);
            Assert.Equal((preview.Url, $"{bench.Upstream.Url}x?key=***"), (request.Url, request.Content!.Url));
            Assert.Equal(preview.Headers, request.Content.Headers);
            Assert.Equal("""{"note":"***","a":1}""", Encoding.UTF8.GetString(request.Content.Body.Span));
            Assert.Equal(request.Content.Body.ToArray(), preview.Body.ToArray());
            Assert.Equal("""{"echo":"***","n":1}""", Encoding.UTF8.GetString(response!.Beginning.Span));
            foreach (
                var (name, value) in (IEnumerable<(string, string)>)
                    [("X-Echo", "***"), ("Set-Cookie", "***"), ("X-Session-Token", "***"), ("X-Plain", "yes")]
            )
                Assert.Equal(value, response.Headers.Single(header => header.Name == name).Value);
            Assert.DoesNotContain(Key, seen.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Redirect_and_failure_are_told()
    {
        var seen = new Observer(wantsContent: false);
        await using (var bench = CallBench.Start(UpstreamAnswer.Redirect("/other?key=2"), UpstreamAnswer.Json("{}")))
        {
            using var answer = await bench.OpenAsync(
                CallBench.Tool("GET /x"),
                options: new CallOptions { Observer = seen }
            );
            Assert.Equal($"{bench.Upstream.Url}other?key=2", seen.Exchanges[0].Response!.RedirectedTo);
            Assert.Equal(
                ("GET", $"{bench.Upstream.Url}other?key=2", 1),
                (seen.Exchanges[1].Request.Method, seen.Exchanges[1].Request.Url, seen.Exchanges[1].Request.Attempt)
            );
        }

        seen = new Observer(wantsContent: false);
        await using var broken = new CallBench(
            RecordingUpstream.Start(
                (_, connection, _) =>
                {
                    connection.Reset();
                    return Task.CompletedTask;
                }
            )
        );
        using var failed = await broken.OpenAsync(
            CallBench.Tool("POST /x"),
            options: new CallOptions { Observer = seen }
        );
        Assert.NotNull(failed.Failure);
        var failure = Assert.Single(seen.Exchanges).Response!;
        Assert.Null(failure.Status);
        Assert.NotEmpty(failure.Failure!);
    }

    [Fact]
    public async Task Answer_that_still_arrives_is_told_as_incomplete()
    {
        var seen = new Observer(wantsContent: false);
        await using var bench = CallBench.Start(
            UpstreamAnswer.Json($"[{string.Join(',', Enumerable.Repeat("{\"id\":1}", 200_000))}]")
        );
        using var answer = await bench.OpenAsync(
            CallBench.Tool("GET /x"),
            options: new CallOptions { Observer = seen }
        );
        var response = Assert.Single(seen.Exchanges).Response!;
        Assert.False(response.IsComplete);
        Assert.Equal(answer.AnnouncedBytes, response.AnnouncedBytes);
        Assert.InRange(response.Bytes, 1, response.AnnouncedBytes!.Value - 1);
        Assert.False(answer.IsComplete);
        await answer.OpenBytes().CopyToAsync(Stream.Null, CallBench.CancellationToken);
        Assert.Equal((true, answer.AnnouncedBytes), (answer.IsComplete, answer.ReceivedBytes));
    }

    [Fact]
    public async Task Time_that_the_caller_gives_is_the_time_of_the_whole_call()
    {
        var time = new ManualTime();
        await using var bench = new CallBench(
            RecordingUpstream.Start((_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken)),
            time: time
        );
        var call = bench.OpenAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { TimeoutSeconds = 500 },
            },
            options: new CallOptions { Timeout = new CallTimeout(TimeSpan.FromSeconds(5), "-TimeoutSec") }
        );
        Assert.Equal(TimeSpan.FromSeconds(5), await time.NextWaitAsync());
        time.Advance(TimeSpan.FromSeconds(5));
        using var answer = await call;
        Assert.Equal(ToolFailure.Timeout, answer.Failure!.Failure);
        Assert.Contains(
            "within 5 s, the whole time of a call (-TimeoutSec)",
            CallBench.AllText(answer.Failure),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Time_of_the_whole_call_covers_the_answer_but_not_its_reader()
    {
        var time = new ManualTime();
        var more = new SemaphoreSlim(0);
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n",
                        cancellationToken
                    );
                    await more.WaitAsync(cancellationToken);
                    await connection.SendAsync("2\r\n2,\r\n", cancellationToken);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            ),
            time: time
        );
        using var answer = await bench.OpenAsync(
            CallBench.Tool("GET /x"),
            options: new CallOptions { Timeout = new CallTimeout(TimeSpan.FromSeconds(5), "-TimeoutSec") }
        );
        var values = answer.Values();
        Assert.True(await values.ReadAsync(CallBench.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(5));
        var second = values.ReadAsync(CallBench.CancellationToken).AsTask();
        // Three of the five seconds, and the rest for the next piece.
        time.Advance(TimeSpan.FromSeconds(3));
        more.Release();
        Assert.True(await second);
        var third = values.ReadAsync(CallBench.CancellationToken).AsTask();
        time.Advance(TimeSpan.FromSeconds(2));
        var failure = await Assert.ThrowsAsync<AnswerException>(() => third);
        Assert.Equal(AnswerFault.Timeout, failure.Fault);
        Assert.Contains(
            "after 5 s, the whole time of the call (-TimeoutSec)",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Refused_call_has_the_name_of_its_reason_and_a_failed_one_the_words_of_the_api()
    {
        await using var bench = CallBench.Start(
            new UpstreamAnswer(
                422,
                """{"title":"Bad pet","detail":"It bites.","errors":[{"field":"name","message":"is empty"}]}"""u8.ToArray(),
                "Content-Type: application/problem+json"
            )
        );
        Assert.Equal("Bad pet\nIt bites.\n- name: is empty", (await bench.CallAsync(CallBench.Tool("GET /x"))).Detail);
        Secure(bench);
        bench.Unset("MCP_RUNTIME_CREDENTIAL__API__S__VALUE");
        Assert.Equal(CallErrorCode.CredentialMissing, (await bench.CallAsync(CallBench.Tool("GET /x"))).ErrorCode);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__VALUE", Key);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", "https://other.example");
        Assert.Equal(CallErrorCode.OriginNotApproved, (await bench.CallAsync(CallBench.Tool("GET /x"))).ErrorCode);
    }

    private static void Secure(CallBench bench)
    {
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["s"] = new ApiKeyScheme(Place.Query, "key") },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["s"] = [] })],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__VALUE", Key);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Upstream.Url.ToString());
    }

    private sealed class Observer(bool wantsContent) : ICallObserver
    {
        public List<string> Events { get; } = [];

        public List<(SentRequest Request, ReceivedResponse? Response)> Exchanges { get; } = [];

        public List<CallWait> Waits { get; } = [];

        public bool WantsContent => wantsContent;

        public void Sending(SentRequest request)
        {
            Events.Add("sending");
            Exchanges.Add((request, null));
        }

        public void Answered(SentRequest request, ReceivedResponse response)
        {
            Events.Add("answered");
            Assert.Same(request, Exchanges[^1].Request);
            Exchanges[^1] = (request, response);
        }

        public void Waiting(CallWait wait)
        {
            Events.Add("waiting");
            Waits.Add(wait);
        }

        public override string ToString() =>
            string.Join(
                '\n',
                Exchanges.Select(exchange =>
                    $"{exchange.Request} {string.Join(' ', exchange.Request.Content?.Headers ?? [])} {exchange.Response} {string.Join(' ', exchange.Response!.Headers)}"
                )
            );
    }
}
