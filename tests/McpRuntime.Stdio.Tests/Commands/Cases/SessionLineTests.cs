using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>The lines of a client piped into <c>serve</c>, whose end of input ends it.</summary>
public sealed class SessionLineTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData(1, "2025-11-25")]
    [InlineData(2, "2025-11-25")]
    [InlineData(3, "")]
    [InlineData(4, "2025-06-18")]
    public async Task Each_initialize_has_its_answer_in_a_session_of_its_own(int id, string version)
    {
        var lines = await ReadAsync("initialize.jsonl");

        AssertInitialized(Assert.Single(await PipedAsync(lines[id - 1])), id, version);
    }

    [Fact]
    public async Task Each_initialize_has_its_answer_in_one_session()
    {
        var answers = (await PipedAsync(await ReadAsync("initialize.jsonl"))).ToDictionary(answer =>
            answer.GetProperty("id").GetInt32()
        );

        Assert.Equal([1, 2, 3, 4], answers.Keys.Order());
        AssertInitialized(answers[1], 1, "2025-11-25");
        AssertInitialized(answers[2], 2, "2025-11-25");
        AssertInitialized(answers[3], 3, "");
        AssertInitialized(answers[4], 4, "2025-06-18");
    }

    [Fact]
    public async Task A_batch_of_2025_03_26_is_answered_with_an_array()
    {
        var answers = await PipedAsync(await ReadAsync("batch-2025-03-26.jsonl"));

        // Sent in one go, so that either may be answered first (JSON-RPC 2.0 section 6).
        Assert.Equal(2, answers.Count);
        var hello = Assert.Single(answers, answer => answer.ValueKind == JsonValueKind.Object);
        Assert.Equal("2025-03-26", hello.GetProperty("result").GetProperty("protocolVersion").GetString());
        var batch = Assert.Single(answers, answer => answer.ValueKind == JsonValueKind.Array);
        Assert.Equal(
            ["""{"jsonrpc":"2.0","id":2,"result":{}}""", """{"jsonrpc":"2.0","id":3,"result":{}}"""],
            batch
                .EnumerateArray()
                .OrderBy(answer => answer.GetProperty("id").GetInt32())
                .Select(answer => answer.GetRawText())
        );
    }

    // An empty version: what is missing is refused by name.
    private static void AssertInitialized(JsonElement answer, int id, string version)
    {
        Assert.Equal(id, answer.GetProperty("id").GetInt32());
        if (version.Length > 0)
        {
            Assert.Equal(version, answer.GetProperty("result").GetProperty("protocolVersion").GetString());
            return;
        }
        var error = answer.GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Contains("clientInfo", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("capabilities", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static Task<string[]> ReadAsync(string file) =>
        File.ReadAllLinesAsync(ImportedCases.PathOf(file), TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<JsonElement>> PipedAsync(params string[] lines)
    {
        var output = await _runtime.RunAsync(
            ["serve"],
            TestContext.Current.CancellationToken,
            string.Concat(lines.Select(line => line + "\n"))
        );
        Assert.True(output.ExitCode == 0, output.ToString());
        return
        [
            .. output.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)),
        ];
    }
}
