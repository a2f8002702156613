using McpRuntime.Stdio.Tests.Serving;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>Answers whose content is in headers: the caller sees them, on the console and as a model.</summary>
public sealed class HeaderAnswerTests(ImportedCases cases) : IClassFixture<ImportedCases>
{
    private const string Next = "Link: </users?page=2>; rel=\"next\"";

    [Theory]
    [InlineData("create_user", """{"name":"Ann"}""", "POST /users HTTP/1.1", "Location: /users/42")]
    [InlineData("count_users", "{}", "HEAD /users HTTP/1.1", "X-Total-Count: 1234")]
    [InlineData("list_users", "{}", "GET /users HTTP/1.1", Next)]
    public async Task Headers_are_shown(string tool, string arguments, string line, string header)
    {
        cases.AnswerWith(Users);
        await cases.ImportAsync("created.yaml");

        var (output, requests) = await cases.CallAsync(tool, arguments);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(line, Assert.Single(requests).RequestLine);
        Assert.Contains($"\n{header}\n", output.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-session", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create_user", """{"name":"Ann"}""", "Location: /users/42")]
    [InlineData("count_users", "{}", "X-Total-Count: 1234")]
    [InlineData("list_users", "{}", Next)]
    public async Task A_model_sees_them(string tool, string arguments, string header)
    {
        cases.AnswerWith(Users);
        await cases.ImportAsync("created.yaml");
        await using var session = new ServeSession(cases.Runtime);

        var answer = await session.AskAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }"""
        );

        var result = answer.GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), result.GetRawText());
        var text = string.Join(
            '\n',
            result.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("text").GetString())
        );
        Assert.Contains(header, text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-session", result.GetRawText(), StringComparison.Ordinal);
    }

    private static UpstreamAnswer Users(RecordedRequest request) =>
        request.Method switch
        {
            "POST" => new UpstreamAnswer(201, [], "Location: /users/42", "Set-Cookie: sid=s3cret-session"),
            "HEAD" => new UpstreamAnswer(200, [], "X-Total-Count: 1234", "Set-Cookie: sid=s3cret-session"),
            _ => new UpstreamAnswer(200, "[]"u8.ToArray(), "Content-Type: application/json", Next),
        };
}
