using System.Text;
using McpRuntime.Calls;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using Microsoft.Extensions.Logging;
using Place = McpRuntime.Manifests.ArgumentLocation;

namespace McpRuntime.Tests.Credentials;

public class CallCredentialTests
{
    private const string Key = "s3cr3t/key+with=all&sorts\"of'chars";

    public static TheoryData<SecurityScheme, string, string, string> Schemes =>
        new()
        {
            { new ApiKeyScheme(Place.Header, "X-Key"), "VALUE", "X-Key", Key },
            { new ApiKeyScheme(Place.Header, "Authorization", "Token"), "VALUE", "Authorization", $"Token {Key}" },
            { new ApiKeyScheme(Place.Cookie, "sid"), "VALUE", "Cookie", $"sid={Key}" },
            { new BearerScheme(), "TOKEN", "Authorization", $"Bearer {Key}" },
            { new HttpScheme("Hawk"), "VALUE", "Authorization", $"Hawk {Key}" },
            {
                new OAuth2Scheme { Flows = [OAuth2Flow.AuthorizationCode] },
                "TOKEN",
                "Authorization",
                $"Bearer {Key}"
            },
            {
                new OpenIdConnectScheme("https://id.example/.well-known/openid-configuration"),
                "TOKEN",
                "Authorization",
                $"Bearer {Key}"
            },
        };

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Credential_goes_where_its_scheme_says(
        SecurityScheme scheme,
        string field,
        string header,
        string expected
    )
    {
        await using var bench = Bench(scheme);
        Set(bench, field, Key);
        var request = await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal([expected], request.Header(header));
        Assert.Equal("/x", request.Target);
    }

    [Fact]
    public async Task Key_in_the_query_is_encoded_and_is_last()
    {
        await using var bench = Bench(new ApiKeyScheme(Place.Query, "api key"));
        Set(bench, "VALUE", "a&b=c d");
        Assert.Equal("/x?a=b&api%20key=a%26b%3Dc%20d", (await bench.SendAsync(CallBench.Tool("GET /x?a=b"))).Target);
    }

    [Theory]
    [InlineData("user", "pass:word", "dXNlcjpwYXNzOndvcmQ=")]
    [InlineData("üser", "", "w7xzZXI6")]
    public async Task Basic_is_base64_of_utf8(string user, string password, string expected)
    {
        await using var bench = Bench(new BasicScheme());
        Set(bench, "USERNAME", user);
        Set(bench, "PASSWORD", password);
        Assert.Equal([$"Basic {expected}"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
    }

    [Fact]
    public async Task Missing_credential_names_connector_scheme_and_variables()
    {
        await using var bench = Bench(new BasicScheme());
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("'api'", message, StringComparison.Ordinal);
        Assert.Contains("scheme 's' (basic)", message, StringComparison.Ordinal);
        Assert.Contains(
            "MCP_RUNTIME_CREDENTIAL__API__S__USERNAME and MCP_RUNTIME_CREDENTIAL__API__S__PASSWORD",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains(bench.Folder.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_requirement_that_is_whole_is_used()
    {
        await using var bench = Bench(new ApiKeyScheme(Place.Header, "A"));
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["a"] = new ApiKeyScheme(Place.Header, "A"),
                ["b"] = new ApiKeyScheme(Place.Header, "B"),
                ["c"] = new ApiKeyScheme(Place.Header, "C"),
            },
            Security = [Needs(), Needs("a", "b"), Needs("b", "c"), Needs("c")],
        };
        var none = await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Empty(none.Header("B"));
        foreach (var scheme in (string[])["B", "C"])
        {
            bench.Set($"MCP_RUNTIME_CREDENTIAL__API__{scheme}__VALUE", $"key-{scheme}");
            bench.Set($"MCP_RUNTIME_CREDENTIAL__API__{scheme}__ORIGINS", bench.Upstream.Url.ToString());
        }
        var both = await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(["key-B"], both.Header("B"));
        Assert.Equal(["key-C"], both.Header("C"));
        Assert.Empty(both.Header("A"));
        var open = await bench.SendAsync(CallBench.Tool("GET /x") with { Security = [] });
        Assert.Empty(open.Header("B"));
    }

    [Fact]
    public async Task Credential_goes_to_no_origin_that_it_was_not_set_for()
    {
        await using var bench = Bench(new BearerScheme());
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", Key);
        var unbound = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("no approved origin", unbound, StringComparison.Ordinal);
        Assert.Contains(
            $"MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS={Origin.Of(bench.Upstream.Url)}",
            unbound,
            StringComparison.Ordinal
        );
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", "https://api.example https://b.example:8443");
        var other = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("https://api.example, https://b.example:8443", other, StringComparison.Ordinal);
        Assert.Contains(Origin.Of(bench.Upstream.Url).ToString(), other, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_of_an_import_binds_it_too()
    {
        await using var bench = Bench(new BearerScheme());
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", Key);
        await bench.Approvals.ApproveAsync("api", [Origin.Of(bench.Upstream.Url)], [], CallBench.CancellationToken);
        Assert.Equal([$"Bearer {Key}"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
    }

    [Fact]
    public async Task Credential_never_travels_over_plain_http()
    {
        await using var bench = Bench(new BearerScheme());
        Set(bench, "TOKEN", Key);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", "http://api.example");
        bench.Connector = bench.Connector with { BaseUrl = "http://api.example" };
        Assert.Contains("plain http", await bench.RefusedAsync(CallBench.Tool("GET /x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file-key", "file-key")]
    [InlineData("file-key\n", "file-key")]
    [InlineData("file-key\r\n", "file-key")]
    [InlineData("file-key \n\n", "file-key \n")]
    public async Task File_holds_one_field_and_a_line_break_does_not_count(string content, string expected)
    {
        await using var bench = Bench(new ApiKeyScheme(Place.Query, "k"));
        bench.Folder.Write("MCP_RUNTIME_CREDENTIAL__API__S__VALUE", content);
        bench.Folder.Write("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", $"{bench.Upstream.Url}\n");
        Assert.Equal(
            $"/x?k={Uri.EscapeDataString(expected)}",
            (await bench.SendAsync(CallBench.Tool("GET /x"))).Target
        );
    }

    [Fact]
    public async Task Key_that_would_break_the_header_is_refused_without_being_shown()
    {
        await using var bench = Bench(new ApiKeyScheme(Place.Header, "X-Key"));
        Set(bench, "VALUE", "abcdef\r\nX-Evil: 1");
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("line break", message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdef", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Secret_is_found_nowhere_when_the_api_echoes_it(
        SecurityScheme scheme,
        string field,
        string header,
        string expected
    )
    {
        Assert.NotEmpty(header);
        var logs = new LogLines();
        foreach (var status in (int[])[200, 401, 500, 302])
        {
            await using var bench = new CallBench(
                RecordingUpstream.Start(request => new UpstreamAnswer(
                    status,
                    Encoding.Latin1.GetBytes(
                        $"{request.Text} {Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))} {Uri.EscapeDataString(Key)}"
                    ),
                    "Content-Type: text/plain",
                    $"Location: https://evil.example/{Uri.EscapeDataString(Key)}"
                )),
                CallBench.Settings with
                {
                    Debug = true,
                    LogLevel = LogLevel.Trace,
                },
                logs
            );
            Configure(bench, scheme);
            Set(bench, field, Key);
            var answer = await bench.CallAsync(CallBench.Tool("POST /x"));
            var preview = await bench.PreviewAsync(CallBench.Tool("POST /x"));
            Assert.Contains(expected, bench.Upstream.Request.Text, StringComparison.Ordinal);
            foreach (
                var text in (string[])
                    [
                        CallBench.AllText(answer),
                        answer.Structured?.ToString() ?? "",
                        preview.ToCurl(),
                        preview.ToString(),
                        .. logs.Lines,
                    ]
            )
            {
                Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
                Assert.DoesNotContain(
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)),
                    text,
                    StringComparison.Ordinal
                );
                Assert.DoesNotContain(Uri.EscapeDataString(Key), text, StringComparison.Ordinal);
            }
        }
        Assert.NotEmpty(logs.Lines);
    }

    [Fact]
    public async Task Answer_without_the_secret_stays_exact()
    {
        await using var bench = Bench(new BasicScheme(), UpstreamAnswer.Json("""{"user":"administrator", "n":1.0}"""));
        Set(bench, "USERNAME", "administrator");
        Set(bench, "PASSWORD", "hunter22");
        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));
        Assert.Equal("""{"user":"administrator", "n":1.0}""", CallBench.AllText(answer));
    }

    [Fact]
    public async Task Older_auth_is_the_scheme_auth()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x") with
        {
            Arguments = null,
            Auth = new LegacyAuth(new ApiKeyScheme(Place.Header, "X-Key", "Bearer")),
        };
        Assert.Contains(
            "MCP_RUNTIME_CREDENTIAL__API__AUTH__VALUE",
            await bench.RefusedAsync(tool),
            StringComparison.Ordinal
        );
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__AUTH__VALUE", "legacy");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__AUTH__ORIGINS", bench.Upstream.Url.ToString());
        Assert.Equal(["Bearer legacy"], (await bench.SendAsync(tool)).Header("X-Key"));
    }

    [Fact]
    public async Task Unknown_and_twin_schemes_are_explained()
    {
        await using var bench = Bench(new BearerScheme());
        Assert.Contains(
            "does not define",
            await bench.RefusedAsync(CallBench.Tool("GET /x") with { Security = [Needs("nope")] }),
            StringComparison.Ordinal
        );
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new BearerScheme(),
                ["KEY"] = new BearerScheme(),
            },
        };
        Assert.Contains(
            "only in case",
            await bench.RefusedAsync(CallBench.Tool("GET /x") with { Security = [Needs("key")] }),
            StringComparison.Ordinal
        );
    }

    private static SecurityRequirement Needs(params string[] schemes) =>
        new(schemes.ToDictionary(name => name, _ => (IReadOnlyList<string>)[]));

    private static CallBench Bench(SecurityScheme scheme, params UpstreamAnswer[] script)
    {
        var bench = CallBench.Start(script);
        Configure(bench, scheme);
        return bench;
    }

    private static void Configure(CallBench bench, SecurityScheme scheme) =>
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["s"] = scheme },
            Security = [Needs("s")],
        };

    private static void Set(CallBench bench, string field, string value)
    {
        bench.Set($"MCP_RUNTIME_CREDENTIAL__API__S__{field}", value);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Upstream.Url.ToString());
    }

    private sealed class LogLines : ILogger<ToolCaller>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
