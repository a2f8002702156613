using McpRuntime.Manifests;
using Place = McpRuntime.Manifests.ArgumentLocation;

namespace McpRuntime.Tests.Calls.Serialization;

/// <summary>Values that try to leave their place: refused before anything is sent, or carried as plain data.</summary>
public class HostileValueTests
{
    [Theory]
    [InlineData("\"\"", "is empty")]
    [InlineData("null", "is empty")]
    [InlineData("[]", "is empty")]
    [InlineData("[\"a\",\"\"]", "is empty")]
    [InlineData("\".\"", "segment '.'")]
    [InlineData("\"..\"", "segment '..'")]
    [InlineData("\"../admin\"", "segment '..'")]
    [InlineData("\"a/../../admin\"", "segment '..'")]
    [InlineData("\"a\\\\..\\\\b\"", "segment '..'")]
    [InlineData("\"a/.\"", "segment '.'")]
    [InlineData("[\"..\"]", "segment '..'")]
    [InlineData("\"a\\u0000b\"", "U+0000")]
    [InlineData("\"a\\r\\nHost: evil\"", "U+000D")]
    [InlineData("\"a\\u0085b\"", "U+0085")]
    [InlineData("\"\\ud800\"", "surrogate")]
    public async Task Path_value_is_refused(string value, string reason)
    {
        await using var bench = CallBench.Start();
        var message = await bench.RefusedAsync(One("GET /pets/{id}", Place.Path), $$"""{"id":{{value}}}""");
        Assert.Contains("'id'", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Harmless_values_that_make_a_dot_segment_together_are_refused()
    {
        await using var bench = CallBench.Start();
        var label = One("GET /pets/{id}", Place.Path, ParameterStyle.Label);
        Assert.Contains("segment", await bench.RefusedAsync(label, """{"id":"."}"""), StringComparison.Ordinal);
        var pair = CallBench.Tool("GET /pets/.{id}") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = Place.Path, Name = "id" },
            },
        };
        Assert.Contains("segment", await bench.RefusedAsync(pair, """{"id":"."}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_canonicalized_when_it_is_sent()
    {
        await using var bench = CallBench.Start();
        var request = await bench.SendAsync(One("GET /%41/x%2Fy/{id}", Place.Path), """{"id":"%41..%2E"}""");
        Assert.Equal("/%41/x%2Fy/%2541..%252E", request.Target);
    }

    [Fact]
    public async Task Empty_label_is_refused()
    {
        await using var bench = CallBench.Start();
        Assert.Contains(
            "is empty",
            await bench.RefusedAsync(One("GET /x/{id}/y", Place.Path, ParameterStyle.Label), """{"id":""}"""),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"a\\r\\nX-Evil: 1\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("[\"a\",\"b\\r\\n\"]")]
    [InlineData("{\"a\\r\\n\":1}")]
    public async Task Header_value_is_refused(string value)
    {
        await using var bench = CallBench.Start();
        Assert.Contains(
            "control character",
            await bench.RefusedAsync(One("GET /x", Place.Header), $$"""{"id":{{value}}}"""),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"a;b=c\"")]
    [InlineData("\"a\\r\\nX: y\"")]
    [InlineData("\"a b\"")]
    [InlineData("\"a,b\"")]
    [InlineData("\"é\"")]
    public async Task Raw_cookie_value_is_refused(string value)
    {
        await using var bench = CallBench.Start();
        Assert.Contains(
            "cookie cannot carry",
            await bench.RefusedAsync(One("GET /x", Place.Cookie, ParameterStyle.Cookie), $$"""{"id":{{value}}}"""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Exploded_cookie_names_cannot_add_attributes()
    {
        await using var bench = CallBench.Start();
        Assert.Contains(
            "cookie's name",
            await bench.RefusedAsync(One("GET /x", Place.Cookie), """{"id":{"a=b; c":"d"}}"""),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("Connection")]
    [InlineData("Content-Type")]
    [InlineData("Bad Name")]
    [InlineData("X-A\r\nX-B")]
    public async Task Header_that_is_not_an_arguments_business_makes_the_tool_uncallable(string name)
    {
        await using var bench = CallBench.Start();
        var argument = CallBench.Tool("GET /x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = Place.Header, Name = name },
            },
        };
        Assert.NotNull(bench.Plan(argument).Problem);
        await bench.RefusedAsync(argument, """{"id":"v"}""");
        var known = CallBench.Tool("GET /x") with
        {
            Fixed = [new FixedValue(Place.Header, name, McpRuntime.Json.JsonText.Parse("\"v\""))],
        };
        await bench.RefusedAsync(known);
    }

    [Theory]
    [InlineData(Place.Header, "x-key")]
    [InlineData(Place.Query, "X-Key")]
    [InlineData(Place.Cookie, "X-Key")]
    public async Task No_argument_takes_the_place_of_the_credential(Place place, string name)
    {
        await using var bench = CallBench.Start();
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["key"] = new ApiKeyScheme(place, "X-Key") },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] })],
        };
        var tool = CallBench.Tool("GET /x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = place, Name = name },
            },
        };
        Assert.Contains(
            "place of the credential 'key'",
            await bench.RefusedAsync(tool, """{"id":"v"}"""),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Place.Query, Place.Query, """{"id":{"k ey":"mine"}}""")]
    [InlineData(Place.Query, Place.QueryString, """{"id":{"k ey":"mine"}}""")]
    [InlineData(Place.Cookie, Place.Cookie, """{"id":{"sid":"mine"}}""")]
    public async Task Names_that_the_caller_chooses_do_not_take_it_either(
        Place credential,
        Place argument,
        string arguments
    )
    {
        await using var bench = CallBench.Start();
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new ApiKeyScheme(credential, credential == Place.Query ? "k ey" : "sid"),
            },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] })],
        };
        var tool = CallBench.Tool("GET /x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new()
                {
                    In = argument,
                    Name = "id",
                    ContentType = argument == Place.QueryString ? "application/x-www-form-urlencoded" : null,
                },
            },
        };
        Assert.Contains(
            "place of the credential 'key'",
            await bench.RefusedAsync(tool, arguments),
            StringComparison.Ordinal
        );
        var older = CallBench.Tool("GET /x") with { Arguments = null };
        if (credential == Place.Query)
            Assert.Contains(
                "place of the credential 'key'",
                await bench.RefusedAsync(older, """{"k ey":"mine"}"""),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task All_problems_of_the_arguments_come_at_once()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x/{a}") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = new() { In = Place.Path, Name = "a" },
                ["b"] = new() { In = Place.Header, Name = "b" },
            },
        };
        var message = await bench.RefusedAsync(tool, """{"a":"..","b":"\n","c":1}""");
        Assert.Contains("- 'a' ", message, StringComparison.Ordinal);
        Assert.Contains("- 'b' ", message, StringComparison.Ordinal);
        Assert.Contains("- 'c' has no location", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_violations_come_at_once_with_their_pointers()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool(
            "GET /x",
            """{"type":"object","properties":{"age":{"type":"integer","maximum":120},"name":{"$ref":"#/definitions/Name"}},"required":["name"],"additionalProperties":false}"""
        ) with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["age"] = new() { In = Place.Query },
                ["name"] = new() { In = Place.Query },
            },
        };
        bench.Connector = bench.Connector with
        {
            Definitions = new Dictionary<string, McpRuntime.Json.JsonText>
            {
                ["Name"] = McpRuntime.Json.JsonText.Parse("""{"type":"string","minLength":2}"""),
            },
        };
        var message = await bench.RefusedAsync(tool, """{"age":130,"name":"x","nam":1}""");
        Assert.Contains("/age", message, StringComparison.Ordinal);
        Assert.Contains("/name", message, StringComparison.Ordinal);
        Assert.Contains("'nam'", message, StringComparison.Ordinal);
        Assert.Contains("tool", await bench.RefusedAsync(tool, "[1]"), StringComparison.Ordinal);
    }

    private static ToolManifest One(string endpoint, Place place, ParameterStyle? style = null) =>
        CallBench.Tool(endpoint) with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new()
                {
                    In = place,
                    Name = "id",
                    Style = style,
                },
            },
        };
}
