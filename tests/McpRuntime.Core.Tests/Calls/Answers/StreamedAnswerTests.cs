using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Credentials;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Answers;

/// <summary>Answers that are read while they arrive: whole, in order, and with an error where they break.</summary>
public sealed class StreamedAnswerTests
{
    private const string Head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Fact]
    public async Task Items_are_given_before_the_next_one_is_sent()
    {
        var seen = new SemaphoreSlim(0);
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(Head + Chunk("["), cancellationToken);
                    for (var i = 0; i < 3; i++)
                    {
                        await connection.SendAsync(Chunk($"{(i == 0 ? "" : ",")}{{\"id\":{i}}}"), cancellationToken);
                        await seen.WaitAsync(cancellationToken);
                    }
                    await connection.SendAsync(Chunk("]") + Chunk(""), cancellationToken);
                }
            )
        );
        using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"));
        var values = answer.Values();
        var ids = new List<int>();
        while (await values.ReadAsync(CallBench.CancellationToken))
        {
            ids.Add(JsonElement.Parse(values.Current.Span).GetProperty("id").GetInt32());
            seen.Release();
        }
        Assert.Equal([0, 1, 2], ids);
        Assert.True(values.IsList);
    }

    [Fact]
    public async Task Bound_of_models_does_not_cut()
    {
        var text = $"[{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"{{\"id\":{i}}}"))}]";
        await using var bench = CallBench.Start(UpstreamAnswer.Json(text));
        using var answer = await bench.OpenAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { MaxResponseBytes = 1024 },
            }
        );
        Assert.Equal((AnswerFormat.Json, 200), (answer.Format, answer.Status));
        Assert.Equal(20_000, (await ValuesAsync(answer)).Count);
    }

    [Fact]
    public async Task Transfer_that_breaks_gives_what_was_whole_and_fails()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(Head + Chunk("[{\"id\":1},{\"id\":2},{\"id\""), cancellationToken);
                    connection.Close();
                }
            )
        );
        using var answer = await bench.OpenAsync(CallBench.Tool("POST /x"));
        var values = new List<string>();
        var failure = await Assert.ThrowsAsync<AnswerException>(() => ValuesAsync(answer, values));
        Assert.Equal(AnswerFault.Incomplete, failure.Fault);
        Assert.Equal(["{\"id\":1}", "{\"id\":2}"], values);
    }

    [Fact]
    public async Task Connection_that_breaks_before_the_body_is_retried()
    {
        var requests = 0;
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    if (Interlocked.Increment(ref requests) > 1)
                    {
                        await connection.SendAsync(UpstreamAnswer.Json("[7]"), cancellationToken);
                        return;
                    }
                    await connection.SendAsync(Head, cancellationToken);
                    connection.Reset();
                }
            )
        );
        using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"));
        Assert.Equal(["7"], await ValuesAsync(answer));
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task Api_that_falls_silent_is_given_up_after_the_time_of_a_call()
    {
        var time = new ManualTime();
        var sent = new TaskCompletionSource();
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(Head + Chunk("[1,"), cancellationToken);
                    sent.SetResult();
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            ),
            time: time
        );
        using var answer = await bench.OpenAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { TimeoutSeconds = 5 },
            }
        );
        // A reader may take as long as it likes.
        time.Advance(TimeSpan.FromMinutes(5));
        var values = answer.Values();
        Assert.True(await values.ReadAsync(CallBench.CancellationToken));
        var next = values.ReadAsync(CallBench.CancellationToken).AsTask();
        time.Advance(TimeSpan.FromSeconds(6));
        var failure = await Assert.ThrowsAsync<AnswerException>(() => next);
        Assert.Equal(AnswerFault.Timeout, failure.Fault);
        Assert.Contains("limits.timeout_seconds of the tool", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Longer_than_the_callers_bound_is_an_error(bool isAnnounced)
    {
        var text = $"[{string.Join(',', Enumerable.Repeat("{\"id\":1}", 50_000))}]";
        await using var bench = CallBench.Start(
            isAnnounced
                ? UpstreamAnswer.Json(text)
                : new UpstreamAnswer(200, Gzip(text), "Content-Type: application/json", "Content-Encoding: gzip")
        );
        using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"), maximumBytes: 100_000);
        var values = new List<string>();
        var failure = await Assert.ThrowsAsync<AnswerException>(() => ValuesAsync(answer, values));
        Assert.Equal(AnswerFault.TooLarge, failure.Fault);
        Assert.InRange(values.Count, 0, 100_000 / 9);
        if (isAnnounced)
            Assert.Empty(values);
    }

    [Fact]
    public async Task As_long_as_the_bound_is_not_longer()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Json("[1,2]"));
        using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"), maximumBytes: 5);
        Assert.Equal(["1", "2"], await ValuesAsync(answer));
    }

    [Fact]
    public async Task Secrets_are_taken_out_wherever_the_pieces_end()
    {
        const string Secret = "s3cr3t-s3cr3t-0815";
        var step = 0;
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    var text = $"[\"{Secret}\",\"s3cr3t-\",\"{Secret}{Secret}\"]";
                    var size = Interlocked.Increment(ref step);
                    await connection.SendAsync(Head, cancellationToken);
                    foreach (var piece in text.Chunk(size))
                        await connection.SendAsync(Chunk(new string(piece)), cancellationToken);
                    await connection.SendAsync(Chunk(""), cancellationToken);
                }
            )
        );
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new ApiKeyScheme(ArgumentLocation.Header, "X-Key"),
            },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] })],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__VALUE", Secret);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__ORIGINS", bench.Upstream.Url.ToString());
        for (var size = 1; size < 20; size++)
        {
            using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"));
            Assert.Equal(["\"***\"", "\"s3cr3t-\"", "\"******\""], await ValuesAsync(answer));
        }
    }

    [Fact]
    public async Task Other_charsets_and_marks_become_utf8()
    {
        var utf16 = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("[\"é\",1]")).ToArray();
        await using var bench = CallBench.Start(
            new UpstreamAnswer(200, utf16, "Content-Type: application/json"),
            new UpstreamAnswer(200, [.. Encoding.UTF8.Preamble, .. "[1]"u8], "Content-Type: application/json"),
            new UpstreamAnswer(200, [0xE9], "Content-Type: text/plain; charset=iso-8859-1")
        );
        using (var answer = await bench.OpenAsync(CallBench.Tool("GET /x")))
            Assert.Equal(["\"é\"", "1"], await ValuesAsync(answer));
        using (var answer = await bench.OpenAsync(CallBench.Tool("GET /x")))
            Assert.Equal(["1"], await ValuesAsync(answer));
        using (var answer = await bench.OpenAsync(CallBench.Tool("GET /x")))
            Assert.Equal("é", await new StreamReader(answer.OpenText()).ReadToEndAsync(CallBench.CancellationToken));
    }

    [Theory]
    [InlineData("application/json", "{}", AnswerFormat.Json, "application/json")]
    [InlineData("application/problem+json", "[1]", AnswerFormat.Json, "application/problem+json")]
    [InlineData("application/json", "oops", AnswerFormat.Text, "application/json")]
    [InlineData("application/x-ndjson", "{}\n{}", AnswerFormat.JsonLines, "application/x-ndjson")]
    [InlineData("text/csv", "[1]", AnswerFormat.Text, "text/csv")]
    [InlineData("image/png", "x", AnswerFormat.Bytes, "image/png")]
    [InlineData("no type", "x", AnswerFormat.Bytes, "application/octet-stream")]
    [InlineData(null, "{\"a\":1}", AnswerFormat.Json, "")]
    [InlineData(null, "[INFO] ready", AnswerFormat.Text, "")]
    [InlineData(null, "\u00ff\u00fe\u0000\u0001", AnswerFormat.Text, "")]
    public async Task Body_is_told_by_its_type_and_its_beginning(
        string? type,
        string body,
        AnswerFormat format,
        string mediaType
    )
    {
        await using var bench = CallBench.Start(
            new UpstreamAnswer(200, Encoding.Latin1.GetBytes(body), type is null ? [] : [$"Content-Type: {type}"])
        );
        using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"));
        Assert.Equal((format, mediaType), (answer.Format, answer.MediaType));
    }

    [Fact]
    public async Task Answers_without_a_body_have_none()
    {
        await using var bench = CallBench.Start(
            UpstreamAnswer.Empty(),
            UpstreamAnswer.Empty(201),
            new UpstreamAnswer(304, [])
        );
        foreach (var status in (int[])[204, 201, 304])
        {
            using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"));
            Assert.Equal((AnswerFormat.None, status), (answer.Format, answer.Status));
            Assert.Null(answer.Failure);
        }
    }

    [Fact]
    public async Task Failures_are_those_of_any_call()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Json("""{"message":"no such pet"}""", 404));
        using var answer = await bench.OpenAsync(CallBench.Tool("GET /x"));
        Assert.Contains("no such pet", CallBench.AllText(answer.Failure!), StringComparison.Ordinal);
        Assert.EndsWith($"Call {answer.CallId}.", CallBench.AllText(answer.Failure!), StringComparison.Ordinal);
        using var refused = await bench.OpenAsync(CallBench.Tool("GET /x", """{"type":"object","required":["id"]}"""));
        Assert.Null(refused.Status);
        Assert.NotNull(refused.Failure);
    }

    [Fact]
    public async Task Errors_are_whole_too()
    {
        await using var bench = CallBench.Start(
            UpstreamAnswer.Json($$"""{"message":"{{new string('x', 5000)}}","code":"last"}""", 400)
        );
        using var answer = await bench.OpenAsync(
            CallBench.Tool("GET /x") with
            {
                Limits = new CallLimits { MaxResponseBytes = 1024 },
            }
        );
        Assert.Equal(
            "last",
            answer.Failure!.Structured!.ToElement().GetProperty("body").GetProperty("code").GetString()
        );
    }

    [Fact]
    public async Task Audit_says_how_the_answer_ended_and_metrics_how_long_it_was()
    {
        using var folder = new TemporaryFolder();
        var audit = folder.PathOf("audit.jsonl");
        await using (
            var bench = new CallBench(
                RecordingUpstream.Start(
                    async (request, connection, cancellationToken) =>
                    {
                        if (request.Target != "/broken")
                        {
                            await connection.SendAsync(
                                UpstreamAnswer.Json($"[1,\"{new string('x', 500_000)}\"]"),
                                cancellationToken
                            );
                            return;
                        }
                        await connection.SendAsync(Head + Chunk("[1,"), cancellationToken);
                        connection.Close();
                    }
                ),
                CallBench.Settings with
                {
                    AuditFile = audit,
                }
            )
        )
        {
            using (var answer = await bench.OpenAsync(CallBench.Tool("GET /whole")))
                Assert.Equal(2, (await ValuesAsync(answer)).Count);
            using (var answer = await bench.OpenAsync(CallBench.Tool("GET /early")))
                Assert.True(await answer.Values().ReadAsync(CallBench.CancellationToken));
            using (var answer = await bench.OpenAsync(CallBench.Tool("POST /broken")))
                await Assert.ThrowsAsync<AnswerException>(() => ValuesAsync(answer));
        }
        var lines = (await File.ReadAllLinesAsync(audit, CallBench.CancellationToken)).Select(line =>
            JsonElement.Parse(line)
        );
        Assert.Equal(
            ["ok 200", "cancelled 200", "error 200"],
            lines.Select(line => $"{line.GetProperty("outcome")} {line.GetProperty("status")}")
        );
    }

    [Fact]
    public async Task Place_of_a_limit_is_held_until_the_answer_has_arrived()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (request, connection, cancellationToken) =>
                {
                    if (request.Target == "/short")
                    {
                        await connection.SendAsync(UpstreamAnswer.Json("[1]"), cancellationToken);
                        return;
                    }
                    await connection.SendAsync(Head + Chunk("[1,"), cancellationToken);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            )
        );
        bench.Connector = bench.Connector with
        {
            Limits = new CallLimits { MaxConcurrency = 1, TimeoutSeconds = 30 },
        };
        // What has arrived holds nothing, read or not.
        using var read = await bench.OpenAsync(CallBench.Tool("GET /short"));
        using var endless = await bench.OpenAsync(CallBench.Tool("GET /endless"));
        var waiting = bench.OpenAsync(CallBench.Tool("GET /short"));
        Assert.False(waiting.IsCompleted);
        endless.Dispose();
        using var next = await waiting;
        Assert.Equal(["1"], await ValuesAsync(next));
    }

    [Fact]
    public async Task Api_whose_answers_break_is_not_called()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(Head + Chunk("[1,"), cancellationToken);
                    connection.Close();
                }
            )
        );
        for (var i = 0; i < 10; i++)
        {
            using var answer = await bench.OpenAsync(CallBench.Tool("POST /x"));
            await Assert.ThrowsAsync<AnswerException>(() => ValuesAsync(answer));
        }
        using var refused = await bench.OpenAsync(CallBench.Tool("POST /x"));
        Assert.Contains("not sent", CallBench.AllText(refused.Failure!), StringComparison.Ordinal);
    }

    private static string Chunk(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{text.Length:x}\r\n{text}\r\n");

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static async Task<List<string>> ValuesAsync(StreamedAnswer answer, List<string>? values = null)
    {
        values ??= [];
        var reader = answer.Values();
        while (await reader.ReadAsync(CallBench.CancellationToken))
            values.Add(Encoding.UTF8.GetString(reader.Current.Span));
        return values;
    }
}
