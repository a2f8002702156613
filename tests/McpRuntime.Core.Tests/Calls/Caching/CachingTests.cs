using System.Collections.Concurrent;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Sending;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Caching;

/// <summary>What is sent, and what is not, where a connector has <c>cache: true</c>. The clock stands.</summary>
public class CachingTests
{
    private static readonly ToolManifest Get = CallBench.Tool("GET /x");

    private readonly ManualTime _time = new();
    private readonly Attempts _attempts = new();

    [Fact]
    public async Task Without_the_setting_everything_is_sent()
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60", "ETag: \"1\""));
        bench.Connector = bench.Connector with { Cache = false };
        Assert.Null((await bench.CallAsync(Get)).Reused);
        Assert.Null((await bench.CallAsync(Get)).Reused);
        Assert.Equal(2, bench.Upstream.Requests.Count);
        Assert.Empty(bench.Upstream.Requests[1].Header("If-None-Match"));
    }

    [Fact]
    public async Task A_fresh_answer_is_used_without_a_request_until_its_age_is_reached()
    {
        await using var bench = Bench(Json("Cache-Control: private, max-age=60", "Age: 20", "Link: </2>; rel=next"));
        var first = await bench.CallAsync(Get);
        Assert.Null(first.Reused);
        _time.Advance(TimeSpan.FromSeconds(39));
        var second = await bench.CallAsync(Get);
        Assert.Equal(new ReusedAnswer(59, false), second.Reused);
        Assert.Equal(CallBench.AllText(first), CallBench.AllText(second));
        Assert.Equal(first.Headers, second.Headers);
        Assert.Equal("Link", Assert.Single(second.Headers).Name);
        Assert.Equal(first.Structured!.Utf8.ToArray(), second.Structured!.Utf8.ToArray());
        Assert.Single(bench.Upstream.Requests);
        Assert.Equal([1, 0], _attempts.Counts);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await bench.CallAsync(Get)).Reused);
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Text_in_another_charset_is_read_as_at_first()
    {
        byte[] body = [(byte)'f', 0xFC, (byte)'r'];
        await using var bench = Bench(
            new UpstreamAnswer(200, body, "Content-Type: text/plain; charset=iso-8859-1", "Cache-Control: max-age=60")
        );
        Assert.Equal("für", CallBench.AllText(await bench.CallAsync(Get)));
        var second = await bench.CallAsync(Get);
        Assert.Equal("für", CallBench.AllText(second));
        Assert.NotNull(second.Reused);
    }

    [Fact]
    public async Task Expires_counts_from_the_date_of_the_answer()
    {
        var now = _time.GetUtcNow();
        await using var bench = Bench(Json($"Date: {now:r}", $"Expires: {now.AddSeconds(30):r}"));
        await bench.CallAsync(Get);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.NotNull((await bench.CallAsync(Get)).Reused);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await bench.CallAsync(Get)).Reused);
    }

    [Theory]
    [InlineData("ETag: W/\"a\"", "If-None-Match", "W/\"a\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "If-Modified-Since", "Tue, 01 Jan 2019 00:00:00 GMT")]
    public async Task A_stale_answer_is_confirmed_and_fresh_again(string validator, string condition, string value)
    {
        await using var bench = Bench(
            Json("Cache-Control: max-age=10", validator),
            new UpstreamAnswer(304, [], "Cache-Control: max-age=100")
        );
        var first = await bench.CallAsync(Get);
        _time.Advance(TimeSpan.FromSeconds(10));
        var second = await bench.CallAsync(Get);
        Assert.Equal(new ReusedAnswer(0, true), second.Reused);
        Assert.Equal((200, CallBench.AllText(first)), (second.Status, CallBench.AllText(second)));
        Assert.Equal([value], bench.Upstream.Requests[1].Header(condition));
        _time.Advance(TimeSpan.FromSeconds(99));
        Assert.Equal(new ReusedAnswer(99, false), (await bench.CallAsync(Get)).Reused);
        Assert.Equal(2, bench.Upstream.Requests.Count);
        Assert.Equal([1, 1, 0], _attempts.Counts);
    }

    [Theory]
    [InlineData("Cache-Control: no-cache, max-age=60")]
    [InlineData("Cache-Control: max-age=sixty")]
    [InlineData("Expires: 0")]
    [InlineData("X-Nothing: 1")]
    public async Task Each_use_is_confirmed_where_the_api_does_not_say_otherwise(string says)
    {
        await using var bench = Bench(Json(says, "ETag: \"1\""), new UpstreamAnswer(304, []));
        await bench.CallAsync(Get);
        Assert.True((await bench.CallAsync(Get)).Reused?.IsRevalidated);
        Assert.True((await bench.CallAsync(Get)).Reused?.IsRevalidated);
        Assert.Equal(3, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_changed_answer_takes_the_place_of_the_old_one()
    {
        await using var bench = Bench(
            Json("ETag: \"1\""),
            UpstreamAnswer.Json("""{"n":2}""") with
            {
                Headers = ["Content-Type: application/json", "ETag: \"2\""],
            },
            new UpstreamAnswer(304, [])
        );
        await bench.CallAsync(Get);
        Assert.Null((await bench.CallAsync(Get)).Reused);
        Assert.Equal("""{"n":2}""", CallBench.AllText(await bench.CallAsync(Get)));
        Assert.Equal(["\"2\""], bench.Upstream.Requests[2].Header("If-None-Match"));
    }

    [Fact]
    public async Task A_304_about_another_answer_is_asked_again_without_condition()
    {
        await using var bench = Bench(
            Json("ETag: \"1\""),
            new UpstreamAnswer(304, [], "ETag: \"other\""),
            UpstreamAnswer.Json("""{"n":2}""")
        );
        await bench.CallAsync(Get);
        var answer = await bench.CallAsync(Get);
        Assert.Equal((200, """{"n":2}"""), (answer.Status, CallBench.AllText(answer)));
        Assert.Null(answer.Reused);
        Assert.Empty(bench.Upstream.Requests[2].Header("If-None-Match"));
    }

    [Fact]
    public async Task What_a_redirect_led_to_confirms_nothing_and_is_not_kept()
    {
        await using var bench = Bench(
            Json("ETag: \"1\""),
            UpstreamAnswer.Redirect("/other"),
            new UpstreamAnswer(304, []),
            UpstreamAnswer.Redirect("/other"),
            UpstreamAnswer.Json("""{"n":2}""") with
            {
                Headers = ["Content-Type: application/json", "Cache-Control: max-age=60"],
            }
        );
        await bench.CallAsync(Get);
        Assert.Equal("""{"n":2}""", CallBench.AllText(await bench.CallAsync(Get)));
        await bench.CallAsync(Get);
        Assert.Equal(6, bench.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("Cache-Control: max-age=60, no-store")]
    [InlineData("Cache-Control: private, NO-STORE")]
    [InlineData("Vary: Accept, *")]
    [InlineData("Vary: traceparent")]
    [InlineData("Set-Cookie: a=b")]
    public async Task What_must_not_be_kept_is_not(string forbids)
    {
        await using var bench = Bench(Json("Expires: Thu, 01 Jan 2099 00:00:00 GMT", "ETag: \"1\"", forbids));
        await bench.CallAsync(Get);
        Assert.Null((await bench.CallAsync(Get)).Reused);
        Assert.Empty(bench.Upstream.Requests[1].Header("If-None-Match"));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(203)]
    [InlineData(404)]
    public async Task Only_200_is_kept(int status)
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60") with { Status = status });
        await bench.CallAsync(Get);
        await bench.CallAsync(Get);
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_cut_answer_is_not_kept()
    {
        var large = new UpstreamAnswer(200, new byte[2000], "Content-Type: text/plain", "Cache-Control: max-age=60");
        await using var bench = Bench(large);
        var tool = Get with { Limits = new CallLimits { MaxResponseBytes = 1024 } };
        Assert.True((await bench.CallAsync(tool)).IsCut);
        Assert.True((await bench.CallAsync(tool)).IsCut);
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Callers_and_requests_have_answers_of_their_own()
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60"));
        var other = CallBench.Tool("GET /y");
        var accepting = Get with { Accept = "text/csv" };
        foreach (var tool in new[] { Get, other, accepting })
        {
            Assert.Null((await bench.CallAsAsync("ann", tool)).Reused);
            Assert.NotNull((await bench.CallAsAsync("ann", tool)).Reused);
        }
        Assert.Null((await bench.CallAsAsync("bob", Get)).Reused);
        Assert.Equal(4, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_rotated_credential_does_not_get_the_answer_of_the_old_one()
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60"));
        WithKey(bench, "first-secret-value");
        await bench.CallAsync(Get);
        Assert.NotNull((await bench.CallAsync(Get)).Reused);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__VALUE", "second-secret-value");
        Assert.Null((await bench.CallAsync(Get)).Reused);
        Assert.Equal(["second-secret-value"], bench.Upstream.Requests[^1].Header("X-Key"));
    }

    [Theory]
    [InlineData("""{"echo":"first-secret-value"}""", "X-Nothing: 1")]
    [InlineData("{}", "Link: </2?key=first-secret-value>; rel=next")]
    public async Task An_answer_that_repeats_a_secret_is_not_kept(string body, string header)
    {
        await using var bench = Bench(
            UpstreamAnswer.Json(body) with
            {
                Headers = ["Content-Type: application/json", "Cache-Control: max-age=60", header],
            }
        );
        WithKey(bench, "first-secret-value");
        await bench.CallAsync(Get);
        var second = await bench.CallAsync(Get);
        Assert.Null(second.Reused);
        Assert.DoesNotContain("first-secret-value", CallBench.AllText(second), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", 201)]
    [InlineData("PUT", 204)]
    [InlineData("PATCH", 200)]
    [InlineData("DELETE", 500)]
    public async Task A_call_that_may_change_something_makes_the_callers_answers_old(string method, int status)
    {
        await using var bench = Bench(request =>
            request.Method == "GET" ? Json("Cache-Control: max-age=60") : UpstreamAnswer.Empty(status)
        );
        await bench.CallAsAsync("ann", Get);
        await bench.CallAsAsync("bob", Get);
        await bench.CallAsAsync("ann", CallBench.Tool($"{method} /else"));
        Assert.Null((await bench.CallAsAsync("ann", Get)).Reused);
        Assert.NotNull((await bench.CallAsAsync("bob", Get)).Reused);
    }

    [Fact]
    public async Task A_change_that_is_streamed_makes_answers_old_too_and_a_streamed_answer_is_never_from_the_cache()
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60"));
        await bench.CallAsync(Get);
        await ReadAsync(bench, Get);
        Assert.Equal(2, bench.Upstream.Requests.Count);
        Assert.NotNull((await bench.CallAsync(Get)).Reused);
        await ReadAsync(bench, CallBench.Tool("POST /else"));
        Assert.Null((await bench.CallAsync(Get)).Reused);
    }

    [Fact]
    public async Task Waits_and_gathered_pages_are_always_asked_for()
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60"));
        await bench.CallAsync(Get);
        Assert.Null((await bench.WaitAsync(Get, 5)).Reused);
        Assert.Null((await bench.GatherAsync(Get, 5)).Reused);
        Assert.Equal(3, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_condition_of_the_caller_goes_to_the_api()
    {
        await using var bench = Bench(Json("Cache-Control: max-age=60"), new UpstreamAnswer(304, []));
        await bench.CallAsync(Get);
        var condition = new FixedValue(ArgumentLocation.Header, "If-None-Match", JsonText.Parse("\"\\\"mine\\\"\""));
        var conditional = Get with { Fixed = [condition] };
        Assert.Equal(304, (await bench.CallAsync(conditional)).Status);
        Assert.Equal(2, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_failed_confirmation_is_the_answer()
    {
        await using var bench = Bench(Json("ETag: \"1\""), UpstreamAnswer.Text("no", 500), new UpstreamAnswer(304, []));
        await bench.CallAsync(Get);
        Assert.True((await bench.CallAsync(Get)).IsError);
        Assert.True((await bench.CallAsync(Get)).Reused?.IsRevalidated);
    }

    private static UpstreamAnswer Json(params string[] headers) =>
        UpstreamAnswer.Json("""{"n":1}""") with
        {
            Headers = ["Content-Type: application/json", .. headers],
        };

    private static async Task ReadAsync(CallBench bench, ToolManifest tool)
    {
        using var opened = await bench.OpenAsync(tool);
        await opened.OpenBytes().CopyToAsync(Stream.Null, CallBench.CancellationToken);
    }

    private static void WithKey(CallBench bench, string secret)
    {
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new ApiKeyScheme(ArgumentLocation.Header, "X-Key"),
            },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] })],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__VALUE", secret);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__ORIGINS", bench.Upstream.Url.ToString());
    }

    private CallBench Bench(params UpstreamAnswer[] script) => Bench(RecordingUpstream.Start(script));

    private CallBench Bench(Func<RecordedRequest, UpstreamAnswer> answer) => Bench(RecordingUpstream.Start(answer));

    private CallBench Bench(RecordingUpstream upstream)
    {
        var bench = new CallBench(upstream, time: _time, sink: _attempts);
        bench.Connector = bench.Connector with { Cache = true };
        return bench;
    }

    private sealed class Attempts : ICallSink
    {
        private readonly ConcurrentQueue<int> _counts = new();

        public IReadOnlyList<int> Counts => [.. _counts];

        public void Started(CallRecord record) { }

        public void Ended(CallRecord record) => _counts.Enqueue(record.Attempts);
    }
}
