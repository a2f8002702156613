using System.Text.RegularExpressions;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using Place = McpRuntime.Manifests.ArgumentLocation;

namespace McpRuntime.Tests.Calls.Request;

/// <summary>Every body kind, compared with the bytes on the wire.</summary>
public partial class RequestBodyTests
{
    private static readonly Dictionary<string, PartEncoding> NoEncoding = [];

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/vnd.api+json; charset=utf-8")]
    public async Task Json_body_keeps_every_digit_and_escape(string contentType)
    {
        var request = await SendAsync(
            Whole(contentType),
            """{"body": {"a":9223372036854775808, "b":0.10,"c":1e400,"d":null,"e":"\u00e9\/é","a":1}}"""
        );
        Assert.Equal(
            """{"a":9223372036854775808, "b":0.10,"c":1e400,"d":null,"e":"\u00e9\/é","a":1}""",
            request.BodyText
        );
        Assert.Equal([contentType], request.Header("Content-Type"));
        Assert.Equal(
            [request.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            request.Header("Content-Length")
        );
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"b":null}""", """{"wire-b":null}""")]
    [InlineData("""{"b":[],"a":9223372036854775808}""", """{"a":9223372036854775808,"wire-b":[]}""")]
    public async Task Flattened_json_tells_null_from_absent(string arguments, string? expected)
    {
        var request = await SendAsync(Flattened("application/json"), arguments);
        Assert.Equal(expected ?? "", request.BodyText);
        Assert.Equal(expected is null ? [] : ["application/json"], request.Header("Content-Type"));
    }

    [Fact]
    public async Task Required_flattened_body_goes_out_empty()
    {
        var tool = Flattened("application/json");
        var request = await SendAsync(tool with { Body = tool.Body! with { Required = true } }, "{}");
        Assert.Equal("{}", request.BodyText);
    }

    [Fact]
    public async Task Fixed_properties_are_first()
    {
        var tool = Flattened("application/json") with
        {
            Fixed = [new FixedValue(Place.Body, "type", JsonText.Parse("""{"v":1.0}"""))],
        };
        Assert.Equal("""{"type":{"v":1.0},"a":1}""", (await SendAsync(tool, """{"a":1}""")).BodyText);
    }

    [Fact]
    public async Task Missing_required_whole_body_is_refused()
    {
        await using var bench = CallBench.Start();
        var tool = Whole("application/json");
        Assert.Contains(
            "'body' is the request's body",
            await bench.RefusedAsync(tool with { Body = tool.Body! with { Required = true } }),
            StringComparison.Ordinal
        );
    }

    public static TheoryData<string, PartEncoding?, string> FormCells =>
        new()
        {
            { "\"a b&c=d+é~*\"", null, "p=a+b%26c%3Dd%2B%C3%A9%7E*" },
            { "[1,\"x y\",null]", null, "p=1&p=x+y" },
            { "null", null, "" },
            { "[]", null, "" },
            { """{"a":"b c","n":0.10}""", null, "p=%7B%22a%22%3A%22b+c%22%2C%22n%22%3A0.10%7D" },
            {
                "[1,2]",
                new PartEncoding { Style = ParameterStyle.Form, Explode = false },
                "p=1,2"
            },
            {
                "[1,2]",
                new PartEncoding
                {
                    Style = ParameterStyle.Form,
                    Explode = false,
                    Delimiter = ArrayDelimiter.Pipe,
                },
                "p=1%7C2"
            },
            {
                """{"a":1,"b":2}""",
                new PartEncoding { Style = ParameterStyle.Form },
                "a=1&b=2"
            },
            {
                """{"a":1,"b":2}""",
                new PartEncoding { Style = ParameterStyle.Form, Explode = false },
                "p=a,1,b,2"
            },
            {
                """{"a":{"b":1}}""",
                new PartEncoding { Style = ParameterStyle.DeepObject, Explode = true },
                "p%5Ba%5D%5Bb%5D=1"
            },
            {
                "\"x\"",
                new PartEncoding { ContentType = "application/json" },
                "p=%22x%22"
            },
            {
                "[{\"a\":1},2]",
                new PartEncoding { ContentType = "application/json" },
                "p=%7B%22a%22%3A1%7D&p=2"
            },
            {
                "\"a/b?c&d\"",
                new PartEncoding { AllowReserved = true },
                "p=a/b?c%26d"
            },
        };

    [Theory]
    [MemberData(nameof(FormCells))]
    public async Task Form_body(string value, PartEncoding? encoding, string expected)
    {
        var request = await SendAsync(
            Whole("application/x-www-form-urlencoded", encoding is null ? NoEncoding : new() { ["p"] = encoding }),
            $$$"""{"body":{"p":{{{value}}}}}"""
        );
        Assert.Equal(expected, request.BodyText);
        Assert.Equal(["application/x-www-form-urlencoded"], request.Header("Content-Type"));
    }

    [Fact]
    public async Task Flattened_form_uses_wire_names() =>
        Assert.Equal(
            "a=1&wire-b=x",
            (await SendAsync(Flattened("application/x-www-form-urlencoded"), """{"a":1,"b":"x"}""")).BodyText
        );

    [Fact]
    public async Task Multipart_body()
    {
        var encoding = new Dictionary<string, PartEncoding>
        {
            ["avatar"] = new()
            {
                File = true,
                ContentType = "image/png, image/jpeg",
                Headers = new Dictionary<string, string> { ["X-Kind"] = "face", ["Content-Type"] = "text/evil" },
            },
            ["docs"] = new() { File = true },
            ["meta"] = new() { ContentType = "application/xml; charset=utf-8" },
        };
        var request = await SendAsync(
            Whole("multipart/form-data", encoding),
            """
            {"body":{"name":"Zoë","tags":["a","b"],"nothing":null,"address":{"zip":9223372036854775808},"meta":"<m/>",
            "avatar":{"filename":"me \"1\".png","base64":"AAEC/w=="},
            "docs":[{"text":"é","filename":"a.txt"},{"text":"b","content_type":"text/csv"}]}}
            """
        );
        var boundary = Assert.IsType<string>(BoundaryOf(request));
        string[] parts =
        [
            "Content-Disposition: form-data; name=\"name\"\r\n\r\nZoë",
            "Content-Disposition: form-data; name=\"tags\"\r\n\r\na",
            "Content-Disposition: form-data; name=\"tags\"\r\n\r\nb",
            "Content-Disposition: form-data; name=\"address\"\r\nContent-Type: application/json\r\n\r\n{\"zip\":9223372036854775808}",
            "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/xml; charset=utf-8\r\n\r\n<m/>",
            "Content-Disposition: form-data; name=\"avatar\"; filename=\"me %221%22.png\"\r\nContent-Type: image/png\r\nX-Kind: face\r\n\r\n\u0000\u0001\u0002\uFFFD",
            "Content-Disposition: form-data; name=\"docs\"; filename=\"a.txt\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\né",
            "Content-Disposition: form-data; name=\"docs\"; filename=\"docs\"\r\nContent-Type: text/csv\r\n\r\nb",
        ];
        Assert.Equal(
            string.Concat(parts.Select(part => $"--{boundary}\r\n{part}\r\n")) + $"--{boundary}--\r\n",
            request.BodyText
        );
    }

    [Theory]
    [InlineData("""{"filename":"../../etc/passwd","text":"x"}""", "filename")]
    [InlineData("""{"filename":"a\r\nX-Evil: 1","text":"x"}""", "filename")]
    [InlineData("""{"content_type":"text/plain\r\nX-Evil: 1","text":"x"}""", "content_type")]
    [InlineData("""{"content_type":"nonsense","text":"x"}""", "content_type")]
    [InlineData("""{"base64":"***"}""", "base64")]
    [InlineData("""{"text":"x","base64":"eA=="}""", "both")]
    [InlineData("""{"path":"/etc/passwd"}""", "neither")]
    [InlineData("\"/etc/passwd\"", "must be an object")]
    public async Task File_argument_cannot_inject_or_read_the_disk(string file, string reason)
    {
        await using var bench = CallBench.Start();
        var message = await bench.RefusedAsync(
            Whole("multipart/form-data", new() { ["f"] = new() { File = true } }),
            $$$"""{"body":{"f":{{{file}}}}}"""
        );
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("\n- /body/f ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_bad_property_is_named_as_the_argument_that_gave_it(string contentType)
    {
        await using var bench = CallBench.Start();
        var tool = Flattened(contentType);
        var encoding = new Dictionary<string, PartEncoding> { ["wire-b"] = new() { File = true } };

        var message = await bench.RefusedAsync(
            tool with
            {
                Body = tool.Body! with { Encoding = encoding },
            },
            """{"a":1,"b":{}}"""
        );

        Assert.Contains("\n- 'b' has neither 'text' nor 'base64'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Multipart_name_cannot_inject()
    {
        var request = await SendAsync(
            Whole("multipart/form-data"),
            """{"body":{"a\"; filename=\"x\r\nX-Evil: 1":"v"}}"""
        );
        Assert.Contains(
            "name=\"a%22; filename=%22x%0D%0AX-Evil: 1\"\r\n\r\nv\r\n",
            request.BodyText,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("text/plain", "\"abc\"", "abc", "text/plain")]
    [InlineData("text/plain", "\"é\"", "é", "text/plain; charset=utf-8")]
    [InlineData("text/plain", "42", "42", "text/plain")]
    [InlineData("application/xml", "\"<a>é</a>\"", "<a>é</a>", "application/xml")]
    [InlineData("application/x-ndjson", "[{\"a\": 1},2]", "{\"a\":1}\n2\n", "application/x-ndjson")]
    [InlineData("application/octet-stream", "\"aGk=\"", "hi", "application/octet-stream")]
    [InlineData("application/octet-stream", "{\"text\":\"hi\",\"content_type\":\"text/csv\"}", "hi", "text/csv")]
    [InlineData("image/png", "{\"base64\":\"aGk=\"}", "hi", "image/png")]
    public async Task Other_bodies(string contentType, string value, string expected, string sentType)
    {
        var request = await SendAsync(Whole(contentType), $$"""{"body":{{value}}}""");
        Assert.Equal(expected, request.BodyText);
        Assert.Equal([sentType], request.Header("Content-Type"));
    }

    [Theory]
    [InlineData("application/octet-stream", "\"no base64!\"", "must be base64")]
    [InlineData("application/xml", "1", "must be a string")]
    [InlineData("application/x-www-form-urlencoded", "1", "must be an object")]
    public async Task Values_that_do_not_fit_the_media_type_are_refused(string contentType, string value, string reason)
    {
        await using var bench = CallBench.Start();
        Assert.Contains(
            reason,
            await bench.RefusedAsync(Whole(contentType), $$"""{"body":{{value}}}"""),
            StringComparison.Ordinal
        );
    }

    private static string? BoundaryOf(RecordedRequest request) =>
        Boundary().Match(request.Header("Content-Type").Single()) is { Success: true } match
            ? match.Groups[1].Value
            : null;

    [GeneratedRegex("^multipart/form-data; boundary=([A-Za-z0-9-]{40,70})$")]
    private static partial Regex Boundary();

    private static ToolManifest Whole(string contentType, Dictionary<string, PartEncoding>? encoding = null) =>
        CallBench.Tool("POST /x") with
        {
            Body = new BodyBinding
            {
                ContentType = contentType,
                Argument = "body",
                Encoding = encoding ?? NoEncoding,
            },
        };

    private static ToolManifest Flattened(string contentType) =>
        CallBench.Tool("POST /x") with
        {
            Body = new BodyBinding { ContentType = contentType },
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = new() { In = Place.Body, Name = "a" },
                ["b"] = new() { In = Place.Body, Name = "wire-b" },
            },
        };

    private static async Task<RecordedRequest> SendAsync(ToolManifest tool, string arguments)
    {
        await using var bench = CallBench.Start();
        return await bench.SendAsync(tool, arguments);
    }
}
