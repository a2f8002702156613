using System.Text;
using System.Text.Unicode;
using McpRuntime.Calls.Answers;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Answers;

/// <summary>
/// An API that answers what no API should: every answer is one that a client can read, and none harms the next.
/// </summary>
public class HostileAnswerTests
{
    public static TheoryData<string, byte[]> Bodies =>
        new()
        {
            { "application/json", "{\"a\":\"\xFF\xFE\xC0\x80\"}"u8.ToArray() },
            { "application/json", [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'] },
            { "application/json", "{\"a\":NaN}"u8.ToArray() },
            { "application/json", "{\"a\":1}{\"b\":2}"u8.ToArray() },
            { "application/json", "{\"a\":1,\"a\":2}"u8.ToArray() },
            { "application/json", "{\"a\":1} trailing"u8.ToArray() },
            { "application/json", Encoding.ASCII.GetBytes(new string('[', 100_000)) },
            { "application/json", Encoding.ASCII.GetBytes($"{new string('[', 500)}{new string(']', 500)}") },
            { "application/json", Encoding.ASCII.GetBytes($"[{new string('9', 100_000)}]") },
            { "application/json", "\"\\ud800\""u8.ToArray() },
            { "application/json; charset=utf-7", "+AHs-"u8.ToArray() },
            { "application/json; charset=nonsense", "{}"u8.ToArray() },
            { "text/plain; charset=utf-16", [0xFF, 0xFE, 0x61] },
            { "text/plain; charset=us-ascii", [0x61, 0xE9] },
            { "text/plain", [0xF0, 0x9F, 0x98] },
            { "text/event-stream", "event: a\ndata: {\"b\":1}\n\n"u8.ToArray() },
            { "text/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"u8.ToArray() },
            { "", [0x00, 0xFF] },
            { "nonsense", [0x00, 0xFF] },
            { "audio/<b>", [0x00] },
            { "image/png; x=\"\\\"", [0x89] },
            { ";;;", "{}"u8.ToArray() },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Any_body_is_an_answer_that_is_well_formed(string contentType, byte[] body)
    {
        foreach (var status in (int[])[200, 400])
        {
            await using var bench = CallBench.Start(
                contentType.Length == 0
                    ? new UpstreamAnswer(status, body)
                    : new UpstreamAnswer(status, body, $"Content-Type: {contentType}")
            );
            var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
            Assert.Equal((status == 400, (int?)status), (answer.IsError, answer.Status));
            Assert.NotEmpty(answer.Content);
            foreach (var block in answer.Content)
            {
                if (block is AnswerContent.Text text)
                    Assert.Equal(text.Value, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Value)));
                if (block is AnswerContent.Blob blob)
                    Assert.Matches("^[a-z]+/[a-z0-9.+-]+$", blob.MediaType);
                if (block is AnswerContent.Audio audio)
                    Assert.Matches("^[a-z]+/[a-z0-9.+-]+$", audio.MediaType);
            }
            if (answer.Structured is { } structured)
            {
                Assert.True(Utf8.IsValid(structured.Utf8.Span));
                structured.ToElement();
            }
        }
    }

    [Fact]
    public async Task Mark_of_the_text_goes_before_the_charset_that_is_named()
    {
        await using var bench = CallBench.Start(
            new UpstreamAnswer(
                200,
                [0xFE, 0xFF, 0, (byte)'{', 0, (byte)'}'],
                "Content-Type: application/json; charset=utf-8"
            )
        );
        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
        Assert.Equal(("{}", "{}"), (CallBench.AllText(answer), answer.Structured?.ToString()));
    }

    [Fact]
    public async Task Text_that_is_cut_within_a_character_ends_before_it()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Text("aaa☃☃"));
        var answer = await bench.CallAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { MaxResponseBytes = 5 },
            }
        );
        Assert.Equal("aaa", Assert.IsType<AnswerContent.Text>(answer.Content[0]).Value);
    }

    [Fact]
    public async Task Interim_answers_are_ignored()
    {
        await using var bench = Wire(
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
        );
        Assert.Equal("{}", CallBench.AllText(await bench.CallAsync(CallBench.Tool("GET /x"))));
    }

    [Fact]
    public async Task Endless_interim_answers_end()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    while (!cancellationToken.IsCancellationRequested)
                        await connection.SendAsync("HTTP/1.1 103 Early Hints\r\n\r\n", cancellationToken);
                }
            )
        );
        // With the call's time, or with the bound on header fields, whichever comes first.
        var answer = await bench.CallAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { TimeoutSeconds = 0.2, MaxAttempts = 1 },
            }
        );
        Assert.NotNull(answer.Failure);
    }

    [Fact]
    public async Task Body_that_comes_for_ever_and_slowly_spends_the_budget()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
                        cancellationToken
                    );
                    await connection.SendAsync("9\r\ndata: a\n\n\r\n", cancellationToken);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            )
        );
        var answer = await bench.CallAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { TimeoutSeconds = 0.2 },
            }
        );
        Assert.Equal(ToolFailure.Timeout, answer.Failure);
    }

    [Fact]
    public async Task Bytes_behind_an_answer_are_not_the_next_one()
    {
        await using var bench = Wire(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\"evil\""
        );
        for (var i = 0; i < 3; i++)
            Assert.Equal("{}", CallBench.AllText(await bench.CallAsync(CallBench.Tool("GET /x"))));
    }

    [Fact]
    public async Task Header_fields_without_end_are_refused()
    {
        await using var bench = Wire(
            $"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Range(0, 4000).Select(i => $"X-{i}: {new string('a', 100)}\r\n"))}\r\n"
        );
        Assert.Contains(
            "limit of 64 KiB",
            CallBench.AllText(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3")]
    [InlineData("Content-Length: -1")]
    [InlineData("Transfer-Encoding: chunked, nonsense\r\nContent-Length: 2")]
    [InlineData("Content-Encoding: br")]
    [InlineData("Retry-After: never\r\nContent-Length: 2")]
    [InlineData("Retry-After: 99999999999999999999\r\nContent-Length: 2")]
    public async Task Broken_fields_are_an_answer_too(string fields)
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\n{fields}\r\n\r\n{{}}", cancellationToken);
                    connection.Close();
                }
            )
        );
        var answer = await bench.CallAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { MaxAttempts = 1, TimeoutSeconds = 10 },
            }
        );
        Assert.DoesNotContain("Internal error", CallBench.AllText(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//[")]
    [InlineData("http://[::1")]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://user:pass@127.0.0.1/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("\\\\evil.example\\x")]
    [InlineData("/\\evil.example/x")]
    [InlineData("http:evil.example")]
    [InlineData("https:127.0.0.1")]
    public async Task Redirects_never_leave_the_origin(string location)
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Redirect(location), UpstreamAnswer.Json("{}"));
        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
        Assert.DoesNotContain("Internal error", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("user:pass", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.All(bench.Upstream.Requests, request =>
            Assert.Equal([bench.Upstream.Url.Authority], request.Header("Host"))
        );
        Assert.All(bench.Upstream.Requests, request => Assert.Empty(request.Header("Authorization")));
    }

    [Fact]
    public async Task Answer_that_nothing_has_changed_is_not_a_failure()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Empty(304));
        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
        Assert.False(answer.IsError);
        Assert.Contains("nothing has changed", CallBench.AllText(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_are_given_twice_are_both_judged()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool(
            "GET /x/{id}",
            """{"type":"object","properties":{"id":{"type":"string","pattern":"^[a-z]+$"}},"required":["id"]}"""
        ) with
        {
            Arguments = new Dictionary<string, ArgumentBinding> { ["id"] = new() { In = ArgumentLocation.Path } },
        };
        await bench.RefusedAsync(tool, """{"id":"a","id":"../b"}""");
        await bench.RefusedAsync(tool, """{"id":"../b","id":"a"}""");
    }

    private static CallBench Wire(string answer) =>
        new(
            RecordingUpstream.Start(
                (_, connection, cancellationToken) => connection.SendAsync(answer, cancellationToken)
            )
        );
}
