using System.Text;
using McpRuntime.Manifests;
using Place = McpRuntime.Manifests.ArgumentLocation;
using Style = McpRuntime.Manifests.ParameterStyle;

namespace McpRuntime.Tests.Calls.Serialization;

/// <summary>
/// The cells of OpenAPI 3.1.1 "Style Examples" and the expansions of RFC 6570, compared with the bytes on the wire. The
/// expected texts are written from the specifications, not from the code.
/// </summary>
public class ParameterStyleTests
{
    private const string Text = "\"blue\"";
    private const string List = """["blue","black","brown"]""";
    private const string Map = """{"R":100,"G":200,"B":150}""";

    public static TheoryData<Style, bool, string, string> PathCells =>
        new()
        {
            // The empty column; a label would be the segment '.', which leads elsewhere and is refused
            // (HostileValueTests).
            { Style.Matrix, false, "\"\"", ";color" },
            { Style.Matrix, true, "\"\"", ";color" },
            { Style.Matrix, false, Text, ";color=blue" },
            { Style.Matrix, false, List, ";color=blue,black,brown" },
            { Style.Matrix, false, Map, ";color=R,100,G,200,B,150" },
            { Style.Matrix, true, Text, ";color=blue" },
            { Style.Matrix, true, List, ";color=blue;color=black;color=brown" },
            { Style.Matrix, true, Map, ";R=100;G=200;B=150" },
            { Style.Label, false, Text, ".blue" },
            { Style.Label, false, List, ".blue,black,brown" },
            { Style.Label, false, Map, ".R,100,G,200,B,150" },
            { Style.Label, true, Text, ".blue" },
            { Style.Label, true, List, ".blue.black.brown" },
            { Style.Label, true, Map, ".R=100.G=200.B=150" },
            { Style.Simple, false, Text, "blue" },
            { Style.Simple, false, List, "blue,black,brown" },
            { Style.Simple, false, Map, "R,100,G,200,B,150" },
            { Style.Simple, true, Text, "blue" },
            { Style.Simple, true, List, "blue,black,brown" },
            { Style.Simple, true, Map, "R=100,G=200,B=150" },
            // RFC 6570 section 3.2.2: everything but unreserved characters is encoded.
            { Style.Simple, false, "\"Hello World!\"", "Hello%20World%21" },
            { Style.Simple, false, "\"heads/main\"", "heads%2Fmain" },
            { Style.Simple, false, "\"50%\"", "50%25" },
            { Style.Simple, false, "\"%2E%2E\"", "%252E%252E" },
            { Style.Simple, false, "\"a?b#c;d&e\"", "a%3Fb%23c%3Bd%26e" },
            { Style.Simple, false, "\"-._~\"", "-._~" },
            { Style.Simple, false, "\"größe 😀\"", "gr%C3%B6%C3%9Fe%20%F0%9F%98%80" },
            { Style.Simple, false, """["a,b","c"]""", "a%2Cb,c" },
            { Style.Simple, false, "9223372036854775808", "9223372036854775808" },
            { Style.Simple, false, "0.10", "0.10" },
            { Style.Simple, false, "true", "true" },
            { Style.Simple, false, "[1,null,2]", "1,2" },
            { Style.Simple, false, "\"...\"", "..." },
        };

    public static TheoryData<Style, bool, ArrayDelimiter, string, string> QueryCells =>
        new()
        {
            { Style.Form, false, ArrayDelimiter.Comma, "\"\"", "?color=" },
            { Style.Form, false, ArrayDelimiter.Comma, Text, "?color=blue" },
            { Style.Form, false, ArrayDelimiter.Comma, List, "?color=blue,black,brown" },
            { Style.Form, false, ArrayDelimiter.Comma, Map, "?color=R,100,G,200,B,150" },
            { Style.Form, true, ArrayDelimiter.Comma, "\"\"", "?color=" },
            { Style.Form, true, ArrayDelimiter.Comma, Text, "?color=blue" },
            { Style.Form, true, ArrayDelimiter.Comma, List, "?color=blue&color=black&color=brown" },
            { Style.Form, true, ArrayDelimiter.Comma, Map, "?R=100&G=200&B=150" },
            { Style.Form, false, ArrayDelimiter.Space, List, "?color=blue%20black%20brown" },
            { Style.Form, false, ArrayDelimiter.Space, Map, "?color=R%20100%20G%20200%20B%20150" },
            { Style.Form, false, ArrayDelimiter.Pipe, List, "?color=blue%7Cblack%7Cbrown" },
            { Style.Form, false, ArrayDelimiter.Pipe, Map, "?color=R%7C100%7CG%7C200%7CB%7C150" },
            { Style.Form, false, ArrayDelimiter.Tab, List, "?color=blue%09black%09brown" },
            {
                Style.DeepObject,
                true,
                ArrayDelimiter.Comma,
                Map,
                "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
            },
            {
                Style.DeepObject,
                true,
                ArrayDelimiter.Comma,
                """{"a":{"b":{"c":1}},"d":[1,2],"e":null}""",
                "?color%5Ba%5D%5Bb%5D%5Bc%5D=1&color%5Bd%5D%5B0%5D=1&color%5Bd%5D%5B1%5D=2"
            },
            { Style.DeepObject, true, ArrayDelimiter.Comma, """{"a[b]&c":"x=y"}""", "?color%5Ba%5Bb%5D%26c%5D=x%3Dy" },
            // Undefined values (RFC 6570 section 3.2.1): null, the empty list and the empty map.
            { Style.Form, true, ArrayDelimiter.Comma, "null", "" },
            { Style.Form, true, ArrayDelimiter.Comma, "[]", "" },
            { Style.Form, false, ArrayDelimiter.Comma, "[]", "" },
            { Style.Form, true, ArrayDelimiter.Comma, "{}", "" },
            { Style.Form, false, ArrayDelimiter.Comma, "{}", "" },
            { Style.Form, true, ArrayDelimiter.Comma, "[null,\"x\"]", "?color=x" },
            { Style.Form, true, ArrayDelimiter.Comma, "[\"\"]", "?color=" },
            {
                Style.Form,
                true,
                ArrayDelimiter.Comma,
                "\"a&b=c+d e#f?/é\"",
                "?color=a%26b%3Dc%2Bd%20e%23f%3F%2F%C3%A9"
            },
            { Style.Form, false, ArrayDelimiter.Comma, """["a,b","c"]""", "?color=a%2Cb,c" },
            {
                Style.Form,
                true,
                ArrayDelimiter.Comma,
                """[9223372036854775808,0.1,1e400,false]""",
                "?color=9223372036854775808&color=0.1&color=1e400&color=false"
            },
            { Style.Form, true, ArrayDelimiter.Comma, """[{"a":1}]""", "?color=%7B%22a%22%3A1%7D" },
            {
                Style.Form,
                true,
                ArrayDelimiter.Comma,
                """{"a":[1,2],"b":{"c":"d e"}}""",
                "?a=1&a=2&b=%7B%22c%22%3A%22d%20e%22%7D"
            },
        };

    public static TheoryData<bool, string, string?> HeaderCells =>
        new()
        {
            { false, Text, "blue" },
            { false, List, "blue,black,brown" },
            { false, Map, "R,100,G,200,B,150" },
            { true, Text, "blue" },
            { true, List, "blue,black,brown" },
            { true, Map, "R=100,G=200,B=150" },
            { false, "\"a b/c%;é\"", "a b/c%;é" },
            { false, "\"\"", "" },
            { false, "null", null },
            { false, "[]", null },
            { false, "9223372036854775808", "9223372036854775808" },
        };

    public static TheoryData<Style, bool, string, string?> CookieCells =>
        new()
        {
            { Style.Form, false, Text, "color=blue" },
            { Style.Form, false, List, "color=blue,black,brown" },
            { Style.Form, false, Map, "color=R,100,G,200,B,150" },
            { Style.Form, true, List, "color=blue; color=black; color=brown" },
            { Style.Form, true, Map, "R=100; G=200; B=150" },
            { Style.Form, true, "\"a;b=c d\"", "color=a%3Bb%3Dc%20d" },
            { Style.Cookie, true, Text, "color=blue" },
            { Style.Cookie, true, List, "color=blue; color=black; color=brown" },
            { Style.Cookie, false, List, "color=blue,black,brown" },
            { Style.Cookie, true, Map, "R=100; G=200; B=150" },
            { Style.Cookie, true, "\"a=b%20/c\"", "color=a=b%20/c" },
            { Style.Form, true, "null", null },
        };

    [Theory]
    [MemberData(nameof(PathCells))]
    public async Task Path_argument(Style style, bool explode, string value, string expected) =>
        Assert.Equal(
            $"/x/{expected}/y",
            await TargetAsync("GET /x/{color}/y", Binding(Place.Path, style, explode), value)
        );

    [Theory]
    [MemberData(nameof(QueryCells))]
    public async Task Query_argument(
        Style style,
        bool explode,
        ArrayDelimiter delimiter,
        string value,
        string expected
    ) =>
        Assert.Equal(
            $"/x{expected}",
            await TargetAsync("GET /x", Binding(Place.Query, style, explode) with { Delimiter = delimiter }, value)
        );

    [Theory]
    [MemberData(nameof(HeaderCells))]
    public async Task Header_argument(bool explode, string value, string? expected)
    {
        var request = await SendAsync(
            "GET /x",
            Binding(Place.Header, Style.Simple, explode) with
            {
                Name = "X-Color",
            },
            value
        );
        var sent = request.Header("X-Color").Select(text => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)));
        Assert.Equal(expected is null ? [] : [expected], sent);
    }

    [Theory]
    [MemberData(nameof(CookieCells))]
    public async Task Cookie_argument(Style style, bool explode, string value, string? expected) =>
        Assert.Equal(
            expected is null ? [] : [expected],
            (await SendAsync("GET /x", Binding(Place.Cookie, style, explode), value)).Header("Cookie")
        );

    [Theory]
    // RFC 6570 section 3.2.3, reserved expansion, without the characters that would end the value.
    [InlineData("\"a/b?c:d@e!f$g'h(i)j*k,l;m=n\"", "?color=a/b?c:d@e!f$g'h(i)j*k,l;m=n")]
    [InlineData("\"a&b#c[d]e+f g\"", "?color=a%26b%23c%5Bd%5De%2Bf%20g")]
    [InlineData("\"100%25 50%\"", "?color=100%25%2050%25")]
    public async Task Reserved_characters_stay_in_a_query_that_allows_them(string value, string expected) =>
        Assert.Equal(
            $"/x{expected}",
            await TargetAsync("GET /x", Binding(Place.Query, Style.Form, true) with { AllowReserved = true }, value)
        );

    [Fact]
    public async Task Reserved_characters_never_leave_their_path_segment() =>
        Assert.Equal(
            "/x/a:b@c%2Fd%3Fe%23f%25g/y",
            await TargetAsync(
                "GET /x/{color}/y",
                Binding(Place.Path, Style.Simple, false) with
                {
                    AllowReserved = true,
                },
                "\"a:b@c/d?e#f%g\""
            )
        );

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    public async Task Allowed_empty_values_are_sent_as_a_name(string value) =>
        Assert.Equal(
            "/x?color=",
            await TargetAsync("GET /x", Binding(Place.Query, Style.Form, true) with { AllowEmpty = true }, value)
        );

    [Theory]
    [InlineData(
        Place.Query,
        "application/json",
        """{ "a": [1, 0.10, "é&"] }""",
        "/x?color=%7B%22a%22%3A%5B1%2C0.10%2C%22%C3%A9%26%22%5D%7D"
    )]
    [InlineData(Place.Query, "text/plain", "\"a b\"", "/x?color=a%20b")]
    [InlineData(
        Place.QueryString,
        "application/x-www-form-urlencoded",
        """{"a b":"c d","e":[1,2],"f":"~*"}""",
        "/x?a+b=c+d&e=1&e=2&f=%7E*"
    )]
    [InlineData(Place.QueryString, "application/json", """{"a":1}""", "/x?%7B%22a%22%3A1%7D")]
    public async Task Content_parameter(Place place, string contentType, string value, string expected) =>
        Assert.Equal(
            expected,
            await TargetAsync(
                "GET /x",
                new ArgumentBinding
                {
                    In = place,
                    Name = "color",
                    ContentType = contentType,
                },
                value
            )
        );

    [Fact]
    public async Task Content_of_a_header_is_json_in_ascii()
    {
        var request = await SendAsync(
            "GET /x",
            new ArgumentBinding
            {
                In = Place.Header,
                Name = "X-Data",
                ContentType = "application/json",
            },
            "{ \"a\":\n \"é\" }"
        );
        Assert.Equal(["""{"a":"\u00e9"}"""], request.Header("X-Data"));
    }

    [Fact]
    public async Task Defaults_are_simple_and_exploding_form()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x/{p}") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["p"] = new() { In = Place.Path, Name = "p" },
                ["q"] = new() { In = Place.Query, Name = "q" },
                ["h"] = new() { In = Place.Header, Name = "h" },
                ["c"] = new() { In = Place.Cookie, Name = "c" },
            },
        };
        var request = await bench.SendAsync(tool, """{"p":[1,2],"q":[1,2],"h":[1,2],"c":[1,2]}""");
        Assert.Equal("/x/1,2?q=1&q=2", request.Target);
        Assert.Equal(["1,2"], request.Header("h"));
        Assert.Equal(["c=1; c=2"], request.Header("Cookie"));
    }

    private static ArgumentBinding Binding(Place place, Style style, bool explode) =>
        new()
        {
            In = place,
            Name = "color",
            Style = style,
            Explode = explode,
        };

    private static async Task<string> TargetAsync(string endpoint, ArgumentBinding binding, string value) =>
        (await SendAsync(endpoint, binding, value)).Target;

    private static async Task<McpRuntime.Testing.RecordedRequest> SendAsync(
        string endpoint,
        ArgumentBinding binding,
        string value
    )
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool(endpoint) with
        {
            Arguments = new Dictionary<string, ArgumentBinding> { ["a"] = binding },
        };
        return await bench.SendAsync(tool, $$"""{"a":{{value}}}""");
    }
}
