using McpRuntime.Json;
using McpRuntime.Manifests;
using Place = McpRuntime.Manifests.ArgumentLocation;

namespace McpRuntime.Tests.Calls.Plan;

public class CallPlanTests
{
    private const string Properties = """{"type":"object","properties":{"id":{},"q":{},"r":{}}}""";
    private const string WithBody = """{"type":"object","properties":{"id":{},"q":{},"body":{}}}""";

    [Theory]
    [InlineData("GET", Properties, """{"id":1,"q":"a b","r":[1,2]}""", "/x/1?q=a%20b&r=1&r=2", "")]
    [InlineData("DELETE", Properties, """{"id":1,"q":2}""", "/x/1?q=2", "")]
    [InlineData("OPTIONS", Properties, """{"id":1,"q":2}""", "/x/1?q=2", "")]
    [InlineData("POST", Properties, """{"id":1,"r":null,"q":2}""", "/x/1", """{"q":2,"r":null}""")]
    [InlineData("PUT", Properties, """{"id":1}""", "/x/1", "")]
    [InlineData("PATCH", WithBody, """{"id":1,"body":[1.0],"q":2}""", "/x/1?q=2", "[1.0]")]
    [InlineData("GET", WithBody, """{"id":1,"body":"b"}""", "/x/1?body=b", "")]
    [InlineData("GET", """{"type":"object"}""", """{"id":1,"z":2}""", "/x/1?z=2", "")]
    [InlineData("POST", """{"type":"object"}""", """{"id":1,"z":2}""", "/x/1", """{"z":2}""")]
    public async Task Older_form_places_arguments_by_path_and_method(
        string method,
        string schema,
        string arguments,
        string target,
        string body
    )
    {
        await using var bench = CallBench.Start();
        var request = await bench.SendAsync(Older($"{method} /x/{{id}}", schema), arguments);
        Assert.Equal(target, request.Target);
        Assert.Equal(body, request.BodyText);
    }

    [Fact]
    public async Task Dotted_endpoint_is_refused_at_call_time_with_an_explanation()
    {
        await using var bench = CallBench.Start();
        var message = await bench.RefusedAsync(Older("users.list", Properties));
        Assert.Contains("'users.list'", message, StringComparison.Ordinal);
        Assert.Contains("METHOD /path", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixed_values_and_the_endpoints_query_are_sent_and_its_fragment_is_not()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x/{v}/{id}?a=b&c=%20d e#other") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = Place.Path },
                ["q"] = new() { In = Place.Query },
            },
            Fixed =
            [
                new FixedValue(Place.Query, "f", JsonText.Parse("\"g&h\"")),
                new FixedValue(Place.Header, "Api-Version", JsonText.Parse("\"2\"")),
                new FixedValue(Place.Cookie, "k", JsonText.Parse("\"1;2\"")),
                new FixedValue(Place.Path, "v", JsonText.Parse("\"v 1\"")),
            ],
        };
        var request = await bench.SendAsync(tool, """{"id":7,"q":8}""");
        Assert.Equal("/x/v%201/7?a=b&c=%20d%20e&f=g%26h&q=8", request.Target);
        Assert.Equal(["2"], request.Header("Api-Version"));
        Assert.Equal(["k=1%3B2"], request.Header("Cookie"));
    }

    [Fact]
    public async Task Whole_request_is_these_bytes()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("PUT /pets/{id}") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = Place.Path },
                ["name"] = new() { In = Place.Body },
            },
            Body = new BodyBinding { ContentType = "application/json" },
            Accept = "application/vnd.pet+json",
            Fixed = [new FixedValue(Place.Header, "User-Agent", JsonText.Parse("\"pets/1\""))],
        };
        bench.Connector = bench.Connector with { BaseUrl = $"{bench.Upstream.Url}v1/" };
        var request = await bench.SendAsync(tool, """{"id":7,"name":"Rex"}""");
        Assert.Equal(
            $"PUT /v1/pets/7 HTTP/1.1\r\nHost: {bench.Upstream.Url.Authority}\r\nUser-Agent: pets/1\r\nAccept: application/vnd.pet+json\r\n"
                + $"X-Request-ID: {Assert.Single(request.Header("X-Request-Id"))}\r\n"
                + "Accept-Encoding: gzip, deflate, br\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"name\":\"Rex\"}",
            request.Text
        );
    }

    [Theory]
    [InlineData("""{"const":"a b"}""", "/x?q=a%20b")]
    [InlineData("""{"enum":[7]}""", "/x?q=7")]
    [InlineData("""{"default":0.10}""", "/x?q=0.10")]
    public async Task Required_argument_with_a_known_value_is_filled_in(string schema, string target)
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool(
            "GET /x",
            $$$"""{"type":"object","properties":{"q":{{{schema}}}},"required":["q"]}"""
        ) with
        {
            Arguments = new Dictionary<string, ArgumentBinding> { ["q"] = new() { In = Place.Query } },
        };
        Assert.Equal(target, (await bench.SendAsync(tool)).Target);
    }

    [Fact]
    public async Task Default_of_an_optional_argument_is_the_servers_business()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x", """{"type":"object","properties":{"q":{"default":1}}}""") with
        {
            Arguments = new Dictionary<string, ArgumentBinding> { ["q"] = new() { In = Place.Query } },
        };
        Assert.Equal("/x", (await bench.SendAsync(tool)).Target);
    }

    [Theory]
    [InlineData("https://{region}.example/v1", "us", "https://us.example", null)]
    [InlineData("https://{region}.example/v1", null, "https://eu.example", null)]
    [InlineData("https://{region}.example/v1", "xx", null, "eu, us")]
    [InlineData("https://api.example/{free}", "a/b", "https://api.example", null)]
    [InlineData("https://{free}.example", "evil.example/", null, "host")]
    [InlineData("https://{free}", "user@evil.example", null, "host")]
    [InlineData("https://{free}.example", "evil.example#", null, "host")]
    [InlineData("https://{unknown}.example", null, null, "server_variables")]
    [InlineData("https://{free}.example", null, null, "no default")]
    [InlineData("https://user:pw@api.example", null, null, "security_schemes")]
    [InlineData("https://api.example?x=y", null, null, "query")]
    [InlineData("file:///etc/passwd", null, null, "http")]
    public async Task Server_is_filled_from_settings_and_defaults_only(
        string url,
        string? value,
        string? origin,
        string? problem
    )
    {
        await using var bench = CallBench.Start();
        bench.Connector = bench.Connector with
        {
            BaseUrl = url,
            ServerVariables = new Dictionary<string, ServerVariable>
            {
                ["region"] = new("eu") { Enum = ["eu", "us"] },
                ["free"] = new(null as string),
            },
        };
        if (value is not null)
        {
            bench.Set("MCP_RUNTIME_SERVER__API__REGION", value);
            bench.Set("MCP_RUNTIME_SERVER__API__FREE", value);
        }
        var plan = bench.Plan(CallBench.Tool("GET /x"));
        if (problem is null)
            Assert.Equal(origin, plan.Problem ?? plan.Origin.ToString());
        else
            Assert.Contains(problem, plan.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT /x")]
    [InlineData("TRACE /x")]
    [InlineData("GET /x/{missing}")]
    public void Tools_that_cannot_be_called_say_why(string endpoint)
    {
        var connector = new ConnectorManifest
        {
            Name = "api",
            Version = "1.0.0",
            BaseUrl = "https://api.example",
            Tools = [],
        };
        var plan = McpRuntime.Calls.Plan.CallPlan.Create(connector, CallBench.Tool(endpoint), _ => null);
        Assert.Contains(endpoint.Split(' ')[0], plan.Problem, StringComparison.Ordinal);
    }

    private static ToolManifest Older(string endpoint, string schema) =>
        CallBench.Tool(endpoint, schema) with
        {
            Arguments = null,
        };
}
