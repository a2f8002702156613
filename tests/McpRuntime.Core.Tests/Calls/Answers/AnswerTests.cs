using System.IO.Compression;
using System.Text;
using McpRuntime.Calls.Answers;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Answers;

public class AnswerTests
{
    [Theory]
    [InlineData("application/json", """{"a":9223372036854775808, "b":0.10}""")]
    [InlineData("application/problem+json", "[1,2]")]
    [InlineData("application/json; charset=UTF-8", "\"text\"")]
    [InlineData("", "{\"a\":1}")]
    public async Task Json_is_text_and_structure_to_the_byte(string contentType, string json)
    {
        var answer = await AnswerAsync(
            new UpstreamAnswer(
                200,
                Encoding.UTF8.GetBytes(json),
                contentType.Length == 0 ? [] : [$"Content-Type: {contentType}"]
            )
        );
        Assert.Equal(json, Text(answer));
        Assert.Equal(json, answer.Structured!.ToString());
        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("text/plain", "hello", null)]
    [InlineData("application/xml", "<a/>", null)]
    [InlineData("image/svg+xml", "<svg/>", null)]
    [InlineData("application/json", "{oops", null)]
    [InlineData("text/csv; charset=utf-8", "a,b\n", null)]
    public async Task Text_is_text(string contentType, string text, string? structured)
    {
        var answer = await AnswerAsync(UpstreamAnswer.Text(text, contentType: contentType));
        Assert.Equal(text, Text(answer));
        Assert.Equal(structured, answer.Structured?.ToString());
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", new byte[] { 0xE9 }, "é")]
    [InlineData("text/plain; charset=\"windows-1252\"", new byte[] { 0x80 }, "€")]
    [InlineData("text/plain; charset=shift_jis", new byte[] { 0x82, 0xA0 }, "あ")]
    [InlineData("text/plain; charset=utf-16le", new byte[] { 0xE9, 0 }, "é")]
    [InlineData("text/plain", new byte[] { 0xEF, 0xBB, 0xBF, 0x61 }, "a")]
    [InlineData("text/plain; charset=nonsense", new byte[] { 0x61 }, "a")]
    [InlineData("application/json; charset=utf-16", new byte[] { 0xFF, 0xFE, 0x5B, 0, 0x31, 0, 0x5D, 0 }, "[1]")]
    public async Task Charset_is_honoured(string contentType, byte[] body, string expected) =>
        Assert.Equal(expected, Text(await AnswerAsync(new UpstreamAnswer(200, body, $"Content-Type: {contentType}"))));

    [Fact]
    public async Task Json_in_another_charset_is_structured_as_utf8()
    {
        var answer = await AnswerAsync(
            new UpstreamAnswer(
                200,
                Encoding.Unicode.GetBytes("{\"a\":\"é\"}"),
                "Content-Type: application/json; charset=utf-16le"
            )
        );
        Assert.Equal("{\"a\":\"é\"}", answer.Structured!.ToString());
    }

    [Fact]
    public async Task Bytes_come_in_their_blocks()
    {
        byte[] bytes = [0, 1, 255];
        Assert.Equal("image/png", Assert.IsType<AnswerContent.Image>(Single(await BytesAsync("image/png"))).MediaType);
        Assert.Equal(
            "audio/mpeg",
            Assert.IsType<AnswerContent.Audio>(Single(await BytesAsync("audio/mpeg"))).MediaType
        );
        var blob = Assert.IsType<AnswerContent.Blob>(Single(await BytesAsync("application/pdf")));
        Assert.Equal(bytes, blob.Data.ToArray());
        Assert.EndsWith("/x", blob.Uri.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "application/octet-stream",
            Assert.IsType<AnswerContent.Blob>(Single(await BytesAsync(null))).MediaType
        );

        Task<ToolAnswer> BytesAsync(string? type) =>
            AnswerAsync(
                new UpstreamAnswer(200, bytes, type is null ? [] : [$"Content-Type: {type}"]),
                "GET /x?secret=1"
            );
    }

    [Theory]
    [InlineData("GET /x", 204)]
    [InlineData("GET /x", 200)]
    [InlineData("DELETE /x", 202)]
    public async Task Nothing_is_reported_in_words(string endpoint, int status)
    {
        var answer = await AnswerAsync(UpstreamAnswer.Empty(status), endpoint);
        Assert.False(answer.IsError);
        Assert.Contains($"{status}", Text(answer), StringComparison.Ordinal);
        Assert.Null(answer.Structured);
    }

    [Fact]
    public async Task Problem_details_and_field_errors_reach_the_caller()
    {
        var answer = await AnswerAsync(
            new UpstreamAnswer(
                422,
                """{"type":"about:blank","title":"Invalid pet","detail":"2 errors","status":422,"errors":{"name":["is too long","is taken"],"age":["\u001b[31mnegative"]}}"""u8.ToArray(),
                "Content-Type: application/problem+json"
            )
        );
        Assert.True(answer.IsError);
        Assert.Equal(422, answer.Status);
        var text = Text(answer);
        foreach (
            var line in (string[])
                [
                    "HTTP 422",
                    "Invalid pet",
                    "2 errors",
                    "- name: is too long",
                    "- name: is taken",
                    "- age: ",
                    "to GET /x.",
                    "Call ",
                ]
        )
            Assert.Contains(line, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.Equal(422, answer.Structured!.ToElement().GetProperty("status").GetInt32());
        Assert.Equal(
            "Invalid pet",
            answer.Structured!.ToElement().GetProperty("body").GetProperty("title").GetString()
        );
    }

    [Theory]
    [InlineData("""{"message":"Bad credentials"}""", "Bad credentials")]
    [InlineData("""{"error":{"code":400,"message":"no such zone"}}""", "no such zone")]
    [InlineData("""{"error":"invalid_grant","error_description":"expired"}""", "expired")]
    [InlineData("""{"detail":[{"loc":["body","age"],"msg":"not a number"}]}""", "- body.age: not a number")]
    [InlineData("""{"errors":[{"field":"name","message":"required"},"other"]}""", "- name: required")]
    [InlineData("""{"unknown":{"shape":1}}""", """{"unknown":{"shape":1}}""")]
    [InlineData("plain words", "plain words")]
    public async Task Words_of_an_error_are_found(string body, string expected) =>
        Assert.Contains(expected, Text(await AnswerAsync(UpstreamAnswer.Json(body, 400))), StringComparison.Ordinal);

    [Fact]
    public async Task Html_of_an_error_is_one_line()
    {
        var answer = await AnswerAsync(
            UpstreamAnswer.Text(
                "<!DOCTYPE html><html><head><title>t</title><style>x{}</style></head><body>\n<h1>502 Bad&nbsp;Gateway</h1><!-- hidden --><script>alert(1)</script><p>nginx</p></body></html>",
                502,
                "text/html"
            )
        );
        var text = Text(answer);
        Assert.Contains("502 Bad Gateway nginx", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0)]
    public async Task Retry_after_is_surfaced(string value, int seconds)
    {
        var answer = await AnswerAsync(new UpstreamAnswer(429, [], $"Retry-After: {value}"));
        Assert.Contains($"retry_after_seconds: {seconds}", Text(answer), StringComparison.Ordinal);
        Assert.Equal(seconds, answer.Structured!.ToElement().GetProperty("retry_after_seconds").GetInt32());
    }

    [Fact]
    public async Task Long_json_is_cut_along_its_structure_and_says_so()
    {
        var items = string.Join(
            ',',
            Enumerable.Range(0, 500).Select(i => $$"""{"id":{{i}},"price":0.10,"name":"n\u00e9 {{i}}"}""")
        );
        var answer = await AnswerAsync(
            UpstreamAnswer.Json($$"""{"total":500,"items":[{{items}}],"next":"x"}"""),
            limit: 1024
        );
        Assert.False(answer.IsError);
        var cut = answer.Structured!.ToElement();
        Assert.Equal(500, cut.GetProperty("total").GetInt32());
        Assert.Equal("{\"id\":0,\"price\":0.10,\"name\":\"n\\u00e9 0\"}", cut.GetProperty("items")[0].GetRawText());
        Assert.InRange(cut.GetProperty("items").GetArrayLength(), 5, 40);
        Assert.False(cut.TryGetProperty("next", out _));
        Assert.Contains("was truncated", Text(answer), StringComparison.Ordinal);
        Assert.Contains("max_response_bytes", Text(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1,2,[3,4],{\"a\":{\"b\":\"long\"},\"c\":1234}]")]
    [InlineData("{\"a\":{\"b\":[true,null,\"x\\\"y\"]},\"é\":-1.5e10,\"z\":{}}")]
    public void Cut_anywhere_is_valid_json(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var length = 1; length < bytes.Length; length++)
        {
            if (McpRuntime.Calls.Answers.JsonCut.Shorten(bytes.AsSpan(0, length)) is { } cut)
                Assert.StartsWith(json[..1], cut.Json.ToElement().GetRawText(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        """{"total":2,"items":[{"id":1,"tags":["a"]},{"id":2,"tags":["b" """,
        """{"total":2,"items":[{"id":1,"tags":["a"]}]}""",
        "'items' has its first item"
    )]
    [InlineData("""{"a":{"b":1,"c":"long tex""", """{"a":{"b":1}}""", "'a' has its members up to 'b'")]
    [InlineData("""{"a":{"b":"long tex""", "{}", "would have begun")]
    [InlineData("""[[1,2],[3,4""", "[[1,2]]", "It has its first item")]
    public void A_cut_list_has_whole_items_only(string beginning, string expected, string note)
    {
        var cut = McpRuntime.Calls.Answers.JsonCut.Shorten(Encoding.UTF8.GetBytes(beginning))!.Value;
        Assert.Equal(expected, cut.Json.ToString());
        Assert.Contains(note, cut.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_answer_is_read_to_its_bound_only()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
                        cancellationToken
                    );
                    while (true)
                        await connection.SendAsync("400\r\n" + new string('x', 0x400) + "\r\n", cancellationToken);
                }
            )
        );
        var answer = await bench.CallAsync(Limited("GET /x", 4096));
        Assert.Equal(4096, Assert.IsType<AnswerContent.Text>(answer.Content[0]).Value.Length);
        Assert.Contains("longer than 4,096 bytes", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_answer_is_bounded_after_unpacking()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(new byte[50 * 1024 * 1024]);
        var answer = await AnswerAsync(
            new UpstreamAnswer(
                200,
                packed.ToArray(),
                "Content-Type: application/octet-stream",
                "Content-Encoding: gzip"
            ),
            limit: 64 * 1024
        );
        Assert.True(answer.IsError);
        Assert.Contains("more than 65,536 bytes", Text(answer), StringComparison.Ordinal);
    }

    private static ToolManifest Limited(string endpoint, long? limit) =>
        CallBench.Tool(endpoint) with
        {
            Limits = new CallLimits { MaxResponseBytes = limit },
        };

    private static async Task<ToolAnswer> AnswerAsync(
        UpstreamAnswer upstream,
        string endpoint = "GET /x",
        long? limit = null
    )
    {
        await using var bench = CallBench.Start(upstream);
        return await bench.CallAsync(Limited(endpoint, limit));
    }

    private static AnswerContent Single(ToolAnswer answer) => Assert.Single(answer.Content);

    private static string Text(ToolAnswer answer) => CallBench.AllText(answer);
}
