using System.Text;
using McpRuntime.Calls.Answers;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Answers;

/// <summary>Which fields of a response reach the caller.</summary>
public class AnswerHeaderTests
{
    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    public async Task The_location_of_what_was_created_is_shown(int status)
    {
        var answer = await AnswerAsync("POST /users", status, "", ["Location: /users/42", "Server: x", "Date: today"]);
        Assert.False(answer.IsError);
        Assert.True(answer.IsEmpty);
        Assert.Equal([new AnswerHeader("Location", "/users/42")], answer.Headers);
        Assert.Equal("Response headers:\nLocation: /users/42", answer.HeadersText());
    }

    [Fact]
    public async Task An_answer_with_a_body_keeps_it_and_has_its_headers_next_to_it()
    {
        var answer = await AnswerAsync(
            "POST /users",
            201,
            """{"id":42}""",
            ["Content-Type: application/json", "Location: https://api.example/users/42"]
        );
        Assert.Equal("""{"id":42}""", answer.Structured!.ToString());
        Assert.False(answer.IsEmpty);
        Assert.Equal("https://api.example/users/42", Assert.Single(answer.Headers).Value);
        Assert.Single(answer.Content);
    }

    [Theory]
    [InlineData("""</users?page=3>; rel="next", </users?page=1>; rel="first" """, """</users?page=3>; rel="next" """)]
    [InlineData(
        """</a,b>; title="x, y"; rel=prev, </c>; REL="last NEXT" """,
        """</a,b>; title="x, y"; rel=prev, </c>; REL="last NEXT" """
    )]
    [InlineData("""</p>; rel="previous";foo""", """</p>; rel="previous";foo""")]
    [InlineData("""</next>; rel="self"; title="rel=\"next\"" """, null)]
    [InlineData("""</s>; rel=stylesheet""", null)]
    [InlineData("""<nonsense""", null)]
    public async Task Of_the_links_the_next_and_the_previous_page_are_shown(string link, string? shown)
    {
        var answer = await AnswerAsync(
            "GET /users",
            200,
            "[]",
            ["Content-Type: application/json", $"Link: {link.Trim()}"]
        );
        Assert.Equal(shown?.Trim(), answer.Headers.SingleOrDefault()?.Value);
    }

    [Fact]
    public async Task Links_in_several_fields_are_joined()
    {
        var answer = await AnswerAsync("GET /users", 200, "[]", ["Link: </1>; rel=prev", "Link: </3>; rel=next"]);
        Assert.Equal("</1>; rel=prev, </3>; rel=next", Assert.Single(answer.Headers).Value);
    }

    [Fact]
    public async Task An_accepted_call_tells_when_and_where_to_ask_again()
    {
        var answer = await AnswerAsync("POST /jobs", 202, "", ["Retry-After: 30", "Operation-Location: /operations/1"]);
        Assert.Equal(
            ["Operation-Location: /operations/1", "Retry-After: 30"],
            answer.Headers.Select(header => $"{header.Name}: {header.Value}")
        );
    }

    [Fact]
    public async Task What_the_operation_declares_is_shown_once_and_whole()
    {
        var answer = await AnswerAsync(
            "GET /users",
            200,
            "[]",
            ["X-Total-Count: 7", "Link: </9>; rel=last", "ETag: \"a\"", "X-Other: 1"],
            declared: ["X-Total-Count", "link", "LINK", "X-Missing"]
        );
        Assert.Equal(
            ["X-Total-Count: 7", "link: </9>; rel=last"],
            answer.Headers.Select(header => $"{header.Name}: {header.Value}")
        );
    }

    [Fact]
    public async Task A_head_shows_every_header_but_credentials_and_those_of_the_connection()
    {
        var answer = await AnswerAsync(
            "HEAD /users",
            200,
            "",
            [
                "X-Total-Count: 7",
                "Content-Length: 120",
                "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT",
                "ETag: \"a\"",
                "Connection: keep-alive",
                "Set-Cookie: sid=1",
                "X-Auth-Token: abc",
                "WWW-Authenticate: Basic",
                "X-Next-Page-Token: p2",
                "X-Echo: Bearer abc",
            ]
        );
        Assert.Equal(
            [
                "Content-Length: 120",
                "ETag: \"a\"",
                "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT",
                "X-Next-Page-Token: p2",
                "X-Total-Count: 7",
            ],
            answer.Headers.Select(header => $"{header.Name}: {header.Value}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("Set-Cookie")]
    [InlineData("set-cookie2")]
    [InlineData("X-Subject-Token")]
    [InlineData("X-CSRFToken")]
    [InlineData("X-Api-Key")]
    [InlineData("X-Session-Id")]
    [InlineData("Authorization")]
    [InlineData("X-Amz-Security-Token")]
    [InlineData("X-Own")]
    public async Task A_declared_credential_is_not_shown(string name)
    {
        await using var bench = CallBench.Start(new UpstreamAnswer(200, "{}"u8.ToArray(), $"{name}: hunter2-hunter2"));
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__VALUE", "another-secret");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__ORIGINS", bench.Upstream.Url.ToString());
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new ApiKeyScheme(ArgumentLocation.Header, "X-Own"),
            },
            Security = [],
        };
        var tool = CallBench.Tool("GET /x") with
        {
            ResponseHeaders = [name],
            Security =
                name == "X-Own"
                    ?
                    [
                        new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] }),
                        new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>>()),
                    ]
                    : null,
        };
        Assert.Empty((await bench.CallAsync(tool)).Headers);
    }

    [Fact]
    public async Task The_calls_own_secret_and_user_information_are_taken_out()
    {
        await using var bench = CallBench.Start(
            new UpstreamAnswer(201, [], "Location: https://me:pass@api.example/users/42?key=hunter2-hunter2&at=x@y")
        );
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new ApiKeyScheme(ArgumentLocation.Query, "key"),
            },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] })],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__VALUE", "hunter2-hunter2");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__ORIGINS", bench.Upstream.Url.ToString());
        var answer = await bench.CallAsync(CallBench.Tool("POST /users"));
        Assert.Equal("https://***@api.example/users/42?key=***&at=x@y", Assert.Single(answer.Headers).Value);
    }

    [Fact]
    public async Task A_redirect_that_is_not_followed_shows_its_target()
    {
        var answer = await AnswerAsync("POST /exports", 302, "", ["Location: https://files.example/export.zip?sig=1"]);
        Assert.True(answer.IsError);
        Assert.Equal(302, answer.Status);
        Assert.Contains("another origin", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Equal("https://files.example/export.zip?sig=1", Assert.Single(answer.Headers).Value);
    }

    [Fact]
    public async Task Control_and_hidden_characters_are_dropped_and_utf8_is_read()
    {
        var answer = await AnswerAsync(
            "GET /x",
            200,
            "{}",
            ["X-Name: M\u00c3\u00bcller \u00e2\u0080\u00aeevil"],
            declared: ["X-Name"]
        );
        Assert.Equal("Müller evil", Assert.Single(answer.Headers).Value);
    }

    [Fact]
    public async Task An_error_shows_what_the_operation_declares()
    {
        var answer = await AnswerAsync(
            "GET /x",
            404,
            "{}",
            ["X-Request-Cost: 3", "Location: /else"],
            declared: ["X-Request-Cost"]
        );
        Assert.Equal("X-Request-Cost", Assert.Single(answer.Headers).Name);
    }

    [Fact]
    public async Task An_empty_answer_has_no_headers_to_show()
    {
        var answer = await AnswerAsync("DELETE /x", 204, "", ["Date: today"]);
        Assert.Empty(answer.Headers);
        Assert.Null(answer.HeadersText());
    }

    private static async Task<ToolAnswer> AnswerAsync(
        string endpoint,
        int status,
        string body,
        string[] headers,
        string[]? declared = null
    )
    {
        await using var bench = CallBench.Start(new UpstreamAnswer(status, Encoding.UTF8.GetBytes(body), headers));
        return await bench.CallAsync(CallBench.Tool(endpoint) with { ResponseHeaders = declared ?? [] });
    }
}
