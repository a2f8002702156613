using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>tools --search</c>.</summary>
public sealed class ToolSearchCommandTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task The_tools_that_fit_are_printed_best_first()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var json = await _runtime.RunAsync(["tools", "--search", "write down a note", "--format", "json"], Token);
        var text = await _runtime.RunAsync(["tools", "--search", "search my notes"], Token);

        Assert.True(json.ExitCode == 0, json.ToString());
        var hits = JsonElement.Parse(json.Out).EnumerateArray().ToArray();
        Assert.Equal(["write_note", "find_notes"], hits.Select(hit => hit.GetProperty("name").GetString()));
        Assert.Equal(
            ["name", "connector", "endpoint", "score"],
            hits[0].EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal("notes", hits[0].GetProperty("connector").GetString());
        Assert.Equal("POST /notes", hits[0].GetProperty("endpoint").GetString());
        Assert.True(hits[0].GetProperty("score").GetDouble() > hits[1].GetProperty("score").GetDouble());
        Assert.Matches(@"^\d\.\d\d  find_notes  GET /notes/\{folder\}  Find notes", text.Out);
    }

    [Fact]
    public async Task The_connector_and_the_number_of_tools_can_be_chosen()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        _runtime.AddConnector("memos", Documents.Manifest("memos", "https://memos.example"));

        var all = await _runtime.RunAsync(["tools", "--search", "notes", "--format", "json"], Token);
        var one = await _runtime.RunAsync(
            ["tools", "--search", "notes", "--connector", "Memos", "--limit", "1", "--format", "json"],
            Token
        );
        var list = await _runtime.RunAsync(["tools", "--connector", "memos"], Token);

        Assert.Equal(4, JsonElement.Parse(all.Out).GetArrayLength());
        var hit = Assert.Single(JsonElement.Parse(one.Out).EnumerateArray());
        Assert.Equal("memos", hit.GetProperty("connector").GetString());
        Assert.Contains("memos__write_note", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("notes__", list.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_no_tool_give_an_empty_list_and_a_fix()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var output = await _runtime.RunAsync(["tools", "--search", "xylophone", "--format", "json"], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(0, JsonElement.Parse(output.Out).GetArrayLength());
        Assert.Contains("mcp-runtime tools", output.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--limit needs --search", "--limit", "3")]
    [InlineData("--search needs words", "--search", " ")]
    [InlineData("not 'none'", "--search", "notes", "--limit", "none")]
    public async Task What_makes_no_sense_is_refused(string message, params string[] options)
    {
        var output = await _runtime.RunAsync(["tools", .. options], Token);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connector_that_is_not_there_is_named_with_the_nearest()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var output = await _runtime.RunAsync(["tools", "--connector", "nodes"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("There is no connector 'nodes'. Did you mean 'notes'?", output.Error, StringComparison.Ordinal);
    }
}
