using McpRuntime.Calls.Answers;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Sending;

/// <summary>
/// What is sent again, when, and what never is. The clock stands; every wait is seen before it passes.
/// </summary>
public class RepeatTests
{
    private static readonly UpstreamAnswer Good = UpstreamAnswer.Json("{}");
    private static readonly UpstreamAnswer Busy = UpstreamAnswer.Text("busy", 503);

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Busy_api_is_asked_again_with_growing_waits(string method)
    {
        var time = new ManualTime();
        await using var bench = Bench(time, Busy, Busy, Busy, Good);
        var call = bench.CallAsync(Tool($"{method} /x", new CallLimits { MaxAttempts = 4 }));
        await BudgetAsync(time);
        foreach (var most in (double[])[0.2, 0.4, 0.8])
        {
            var wait = await time.NextWaitAsync();
            Assert.InRange(wait.TotalSeconds, most / 2, most);
            time.Advance(wait);
        }
        Assert.False((await call).IsError);
        Assert.Equal(4, bench.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Other_passing_faults_are_repeated_too(int status)
    {
        var time = new ManualTime();
        await using var bench = Bench(time, UpstreamAnswer.Empty(status), Good);
        var call = bench.CallAsync(CallBench.Tool("GET /x"));
        await BudgetAsync(time);
        time.Advance(await time.NextWaitAsync());
        Assert.False((await call).IsError);
    }

    [Theory]
    [InlineData("GET", 500)]
    [InlineData("GET", 404)]
    [InlineData("POST", 503)]
    [InlineData("POST", 429)]
    [InlineData("PATCH", 502)]
    public async Task What_may_have_been_carried_out_or_never_will_be_is_sent_once(string method, int status)
    {
        await using var bench = Bench(new ManualTime(), UpstreamAnswer.Empty(status));
        Assert.True((await bench.CallAsync(CallBench.Tool($"{method} /x"))).IsError);
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Manifest_may_say_that_repeating_is_harmless()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, Busy, Good);
        bench.Connector = bench.Connector with { Limits = new CallLimits { RetryUnsafe = true } };
        var call = bench.CallAsync(CallBench.Tool("POST /x"));
        await BudgetAsync(time);
        time.Advance(await time.NextWaitAsync());
        Assert.False((await call).IsError);
    }

    [Fact]
    public async Task Last_answer_is_the_answer_and_says_how_often_it_was_asked_for()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, Busy);
        var call = bench.CallAsync(Tool("GET /x", new CallLimits { MaxAttempts = 2 }));
        await BudgetAsync(time);
        time.Advance(await time.NextWaitAsync());
        var answer = await call;
        Assert.Equal(503, answer.Status);
        Assert.Contains("It was tried 2 times.", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("Retry-After: 7")]
    [InlineData("Retry-After: Wed, 01 Jan 2020 00:00:07 GMT")]
    public async Task Api_says_when_to_come_again(string header)
    {
        var time = new ManualTime();
        await using var bench = Bench(time, new UpstreamAnswer(429, [], header), Good);
        var call = bench.CallAsync(CallBench.Tool("GET /x"));
        await BudgetAsync(time);
        var wait = await time.NextWaitAsync();
        Assert.Equal(7, wait.TotalSeconds);
        time.Advance(wait);
        Assert.False((await call).IsError);
    }

    [Fact]
    public async Task Wait_that_the_time_does_not_allow_is_not_begun()
    {
        await using var bench = Bench(new ManualTime(), new UpstreamAnswer(503, [], "Retry-After: 30"));
        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
        Assert.True(answer.IsError);
        Assert.Contains("retry_after_seconds: 30", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Equal(30, answer.Structured!.ToElement().GetProperty("retry_after_seconds").GetInt32());
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Waiting_spends_the_time_of_the_call()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, new UpstreamAnswer(503, [], "Retry-After: 20"));
        var call = bench.CallAsync(CallBench.Tool("GET /x"));
        await BudgetAsync(time);
        time.Advance(await time.NextWaitAsync());
        Assert.Contains("retry_after_seconds: 20", CallBench.AllText(await call), StringComparison.Ordinal);
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, Busy);
        using var cancellation = new CancellationTokenSource();
        var call = bench.CancellableAsync(CallBench.Tool("GET /x"), "{}", cancellation.Token);
        await BudgetAsync(time);
        await time.NextWaitAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(bench.Upstream.Requests);
    }

    [Theory]
    [InlineData("GET", "", 2)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 2)]
    [InlineData("POST", "", 1)]
    [InlineData("POST", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 1)]
    public async Task Broken_connection_is_repeated_only_where_that_is_harmless(
        string method,
        string sent,
        int requests
    )
    {
        var time = new ManualTime();
        var first = true;
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    if (!first)
                    {
                        await connection.SendAsync(Good, cancellationToken);
                        return;
                    }
                    first = false;
                    await connection.SendAsync(sent, cancellationToken);
                    connection.Reset();
                }
            ),
            time: time
        );
        var call = bench.CallAsync(CallBench.Tool($"{method} /x"));
        await BudgetAsync(time);
        if (requests > 1)
            time.Advance(await time.NextWaitAsync());
        Assert.Equal(requests == 1, (await call).IsError);
        Assert.Equal(requests, bench.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("""{"body":{"a":1}}""")]
    [InlineData("{}")]
    public async Task Post_on_a_used_connection_is_never_sent_twice(string arguments)
    {
        var answered = 0;
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    if (Interlocked.Increment(ref answered) == 1)
                        await connection.SendAsync(Good, cancellationToken);
                    else
                        connection.Close();
                }
            )
        );
        var tool = CallBench.Tool("POST /x") with
        {
            Body = new BodyBinding { ContentType = "application/json", Argument = "body" },
        };
        await bench.SendAsync(tool, """{"body":{"a":0}}""");
        Assert.True((await bench.CallAsync(tool, arguments)).IsError);
        Assert.Equal(2, bench.Upstream.Requests.Count);
        Assert.Equal(1, bench.Upstream.Connections);
    }

    [Fact]
    public async Task Any_method_is_repeated_where_no_connection_carried_it()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, Good);
        bench.Connector = bench.Connector with { BaseUrl = $"http://127.0.0.1:{FreePort.Take()}" };
        var call = bench.CallAsync(CallBench.Tool("POST /x"));
        await BudgetAsync(time);
        time.Advance(await time.NextWaitAsync());
        time.Advance(await time.NextWaitAsync());
        var answer = await call;
        Assert.Equal(ToolFailure.Unreachable, answer.Failure);
        Assert.Contains("It was tried 3 times.", CallBench.AllText(answer), StringComparison.Ordinal);
    }

    private static CallBench Bench(ManualTime time, params UpstreamAnswer[] script) =>
        new(RecordingUpstream.Start(script), time: time);

    private static ToolManifest Tool(string endpoint, CallLimits limits) =>
        CallBench.Tool(endpoint) with
        {
            Limits = limits,
        };

    private static async Task BudgetAsync(ManualTime time) =>
        Assert.Equal(30, (await time.NextWaitAsync()).TotalSeconds);
}
