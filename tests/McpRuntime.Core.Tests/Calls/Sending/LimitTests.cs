using McpRuntime.Calls.Answers;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Sending;

/// <summary>Requests a minute, calls at a time, and an API that is not called while it is down.</summary>
public class LimitTests
{
    [Fact]
    public async Task Call_beyond_the_minute_is_answered_at_once_where_its_time_does_not_allow_to_wait()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, new CallLimits { RequestsPerMinute = 2 });
        await bench.SendAsync(CallBench.Tool("GET /x"));
        await bench.SendAsync(CallBench.Tool("GET /y"));
        time.Advance(TimeSpan.FromSeconds(20));
        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
        Assert.True(answer.IsError);
        Assert.Contains("No more than 2 requests a minute", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Contains("retry_after_seconds: 40", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Equal(40, answer.Structured!.ToElement().GetProperty("retry_after_seconds").GetInt32());
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Call_beyond_the_minute_waits_where_its_time_allows_it()
    {
        var time = new ManualTime();
        await using var bench = Bench(time, new CallLimits { RequestsPerMinute = 1 });
        await bench.SendAsync(CallBench.Tool("GET /x"));
        await time.NextWaitAsync();
        time.Advance(TimeSpan.FromSeconds(50));
        var call = bench.CallAsync(CallBench.Tool("GET /x"));
        await time.NextWaitAsync();
        var wait = await time.NextWaitAsync();
        Assert.Equal(10, wait.TotalSeconds);
        Assert.Single(bench.Upstream.Requests);
        time.Advance(wait);
        Assert.False((await call).IsError);
    }

    [Fact]
    public async Task Tool_with_a_limit_of_its_own_leaves_the_connectors_alone()
    {
        await using var bench = Bench(new ManualTime(), new CallLimits { RequestsPerMinute = 1 });
        var own = CallBench.Tool("GET /x") with
        {
            Name = "own",
            Limits = new CallLimits { RequestsPerMinute = 1 },
        };
        await bench.SendAsync(own);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Contains(
            "the tool 'own' of 'api'",
            CallBench.AllText(await bench.CallAsync(own)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the connector 'api'",
            CallBench.AllText(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Repeating_counts_and_a_limit_in_its_way_leaves_the_answer_that_there_was()
    {
        var time = new ManualTime();
        await using var bench = new CallBench(RecordingUpstream.Start(UpstreamAnswer.Empty(503)), time: time);
        bench.Connector = bench.Connector with { Limits = new CallLimits { RequestsPerMinute = 1 } };
        var call = bench.CallAsync(CallBench.Tool("GET /x"));
        await time.NextWaitAsync();
        time.Advance(await time.NextWaitAsync());
        Assert.Equal(503, (await call).Status);
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Place_that_never_comes_free_is_told_from_an_api_that_does_not_answer()
    {
        var time = new ManualTime();
        var arrived = new TaskCompletionSource();
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                (_, _, cancellationToken) =>
                {
                    arrived.SetResult();
                    return Task.Delay(Timeout.Infinite, cancellationToken);
                }
            ),
            time: time
        );
        bench.Connector = bench.Connector with { Limits = new CallLimits { MaxConcurrency = 1 } };
        var first = bench.CallAsync(CallBench.Tool("GET /x") with { Limits = new CallLimits { TimeoutSeconds = 60 } });
        await arrived.Task.WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);
        var second = bench.CallAsync(CallBench.Tool("GET /x"));
        await time.NextWaitAsync();
        await time.NextWaitAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        var text = CallBench.AllText(await second);
        Assert.Contains("1 calls at a time", text, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", text, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ToolFailure.Timeout, (await first).Failure);
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Api_that_fails_is_not_called_and_then_tried_by_one_call()
    {
        var time = new ManualTime();
        var status = 503;
        await using var bench = new CallBench(RecordingUpstream.Start(_ => UpstreamAnswer.Empty(status)), time: time);
        var tool = CallBench.Tool("POST /x");
        for (var i = 0; i < 20; i++)
            Assert.Equal(503, (await bench.CallAsync(tool)).Status);
        time.Advance(TimeSpan.FromSeconds(5));
        var answer = await bench.CallAsync(tool);
        Assert.Null(answer.Status);
        Assert.Contains("Circuit breaker open", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Contains("retry_after_seconds: 10", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Equal(20, bench.Upstream.Requests.Count);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(503, (await bench.CallAsync(tool)).Status);
        Assert.Null((await bench.CallAsync(tool)).Status);
        time.Advance(TimeSpan.FromSeconds(15));
        status = 200;
        Assert.Equal(200, (await bench.CallAsync(tool)).Status);
        Assert.Equal(200, (await bench.CallAsync(tool)).Status);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(404)]
    public async Task Answers_about_the_call_itself_do_not_count_as_failures(int status)
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(UpstreamAnswer.Empty(status)),
            time: new ManualTime()
        );
        for (var i = 0; i < 25; i++)
            Assert.Equal(status, (await bench.CallAsync(CallBench.Tool("POST /x"))).Status);
    }

    private static CallBench Bench(ManualTime time, CallLimits limits)
    {
        var bench = new CallBench(RecordingUpstream.Start(UpstreamAnswer.Json("{}")), time: time);
        bench.Connector = bench.Connector with { Limits = limits };
        return bench;
    }
}
