using System.Text.Json;
using McpRuntime.Stdio.Tests.Serving;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>
/// Path parameters of several segments: <c>/</c> passes and nothing else that has a meaning in a path.
/// </summary>
public sealed class ReservedPathTests(ImportedCases cases) : IClassFixture<ImportedCases>
{
    [Theory]
    [InlineData("projects_get", """{"name":"projects/p1"}""", "/v1/projects/p1")]
    [InlineData("projects_get", """{"name":"projects/a?b#c\\d%e"}""", "/v1/projects/a%3Fb%23c%5Cd%25e")]
    [InlineData("projects_get", """{"name":"projects/a%2Fb"}""", "/v1/projects/a%252Fb")]
    [InlineData(
        "locks_list_by_scope",
        """{"scope":"subscriptions/1/rg"}""",
        "/subscriptions/1/rg/providers/locks?api-version=2020-05-01"
    )]
    [InlineData(
        "locks_list_by_scope",
        """{"scope":"s","filter":"a eq 'b/c'&d=%41"}""",
        "/s/providers/locks?api-version=2020-05-01&%24filter=a%20eq%20%27b%2Fc%27%26d%3D%2541"
    )]
    [InlineData("files_get", """{"path":"a/b"}""", "/files/a%2Fb")]
    public async Task Only_a_slash_passes_and_only_where_the_document_says_so(
        string tool,
        string arguments,
        string target
    )
    {
        var request = await cases.SentAsync("reserved-path.yaml", tool, arguments);

        Assert.Equal(target, request.Target);
    }

    [Fact]
    public async Task What_leads_elsewhere_is_refused()
    {
        await cases.ImportAsync("reserved-path.yaml");
        var before = cases.Requests.Count;
        await using var session = new ServeSession(cases.Runtime);
        string[] scopes =
        [
            "..",
            "../a",
            "a/..",
            "a/../b",
            "a/./b",
            "..\\a",
            "a//b",
            "/a",
            "a/",
            "",
            "a/%2e%2e/b",
            "a/%2E./b",
            "a%2f..%2fb",
            "a/%252e%252e/b",
            "a/%252E%2e/b",
            "a%252f%252e%252e",
        ];

        foreach (var scope in scopes)
        {
            var arguments = JsonSerializer.Serialize(new { scope });
            var answer = await session.AskAsync(
                $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"locks_list_by_scope","arguments":{{arguments}} } }"""
            );

            var result = answer.GetProperty("result");
            Assert.True(
                result.TryGetProperty("isError", out var isError) && isError.GetBoolean(),
                $"{scope}: {result.GetRawText()}"
            );
            Assert.Contains(
                "'scope'",
                result.GetProperty("content")[0].GetProperty("text").GetString(),
                StringComparison.Ordinal
            );
        }
        Assert.Equal(before, cases.Requests.Count);
    }

    [Theory]
    [InlineData("""{"name":"projects/.."}""")]
    [InlineData("""{"name":"projects/%2e%2e"}""")]
    [InlineData("""{"name":"projects/%252e%252e"}""")]
    [InlineData("""{"name":"projects/p1/secrets"}""")]
    public async Task The_pattern_of_a_path_is_held_to(string arguments)
    {
        await cases.ImportAsync("reserved-path.yaml");

        var (output, requests) = await cases.CallAsync("projects_get", arguments);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Empty(requests);
    }
}
