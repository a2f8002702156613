using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>What <c>serve --expose</c> lists, by the real executable.</summary>
public sealed class ExposeTests : IDisposable
{
    internal static readonly string[] SearchToolNames =
    [
        "search_tools",
        "describe_tools",
        "call_read_tool",
        "call_write_tool",
        "call_destructive_tool",
        "read_result",
    ];

    private readonly McpRuntimeProcess _runtime = new();

    public ExposeTests() => _runtime.Environment["MCP_RUNTIME_BUILTIN_TOOLS"] = "false";

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Few_tools_are_listed_and_many_are_searched()
    {
        _runtime.AddConnector("few", ServeTests.Manifest("few", Many(60)));
        await using (var session = new ServeSession(_runtime))
            Assert.Equal(60 + 1, (await session.ListNamesAsync()).Length);
        _runtime.AddConnector("few", ServeTests.Manifest("few", Many(61)));
        await using (var session = new ServeSession(_runtime))
            Assert.Equal(SearchToolNames, await session.ListNamesAsync());
        await using (var session = new ServeSession(_runtime, "--expose", "all"))
            Assert.Equal(61 + 1, (await session.ListNamesAsync()).Length);
    }

    [Fact]
    public async Task An_option_wins_over_the_setting_and_pins_stay_listed()
    {
        _runtime.AddConnector(
            "pets",
            ServeTests
                .Manifest("pets", "get_pet", "find_pets")
                .Replace("- name: find_pets", "- name: find_pets\n    pin: true", StringComparison.Ordinal)
        );
        _runtime.Environment["MCP_RUNTIME_EXPOSE"] = "search";
        await using (var session = new ServeSession(_runtime))
            Assert.Equal(
                string.Join(" ", SearchToolNames.Concat(["find_pets"])),
                string.Join(" ", await session.ListNamesAsync())
            );
        await using (var session = new ServeSession(_runtime, "--pin", "pets__get*"))
            Assert.Equal(
                string.Join(" ", SearchToolNames.Concat(["get_pet", "find_pets"])),
                string.Join(" ", await session.ListNamesAsync())
            );
        await using (var session = new ServeSession(_runtime, "--expose", "auto"))
            Assert.Equal(["read_result", "get_pet", "find_pets"], await session.ListNamesAsync());
    }

    [Fact]
    public async Task A_second_start_keeps_pins_in_its_cache()
    {
        _runtime.AddConnector(
            "pets",
            ServeTests
                .Manifest("pets", "get_pet", "find_pets")
                .Replace("- name: find_pets", "- name: find_pets\n    pin: true", StringComparison.Ordinal)
        );
        for (var start = 0; start < 2; start++)
        {
            await using var session = new ServeSession(_runtime, "--expose", "search");
            Assert.Equal(
                string.Join(" ", SearchToolNames.Concat(["find_pets"])),
                string.Join(" ", await session.ListNamesAsync())
            );
            await session.EndAsync();
        }
    }

    [Fact]
    public async Task A_reload_past_the_bound_changes_neither_the_mode_nor_the_list_of_a_running_server()
    {
        _runtime.AddConnector("pets", ServeTests.Manifest("pets", Many(60)));
        await using var session = new ServeSession(_runtime, "--hot-reload");
        await session.InitializeAsync();
        Assert.Equal(60 + 1, (await session.ListNamesAsync()).Length);
        _runtime.AddConnector("pets", ServeTests.Manifest("pets", Many(61)));
        Assert.Equal(
            "notifications/tools/list_changed",
            (await session.ReceiveAsync()).GetProperty("method").GetString()
        );
        Assert.Equal(61 + 1, (await session.ListNamesAsync()).Length);
    }

    [Fact]
    public async Task A_tool_that_was_found_is_called_and_the_audit_names_it()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"id":7}"""));
        using var files = new TemporaryFolder();
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        _runtime.Environment["MCP_RUNTIME_AUDIT_FILE"] = files.PathOf("audit.jsonl");
        _runtime.AddConnector("pets", Documents.Manifest("pets", upstream.Url.ToString().TrimEnd('/')));
        await using var session = new ServeSession(_runtime, "--expose", "search");
        var found = Text(await session.AskAsync(Call("search_tools", """{"access":"read","query":"find notes"}""")));
        var name = found[..found.IndexOf('(', StringComparison.Ordinal)];
        var refused = (
            await session.AskAsync(Call("call_write_tool", $$$"""{"name":"{{{name}}}","arguments":{"folder":"a"} }"""))
        ).GetProperty("result");
        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Empty(upstream.Requests);
        var result = (
            await session.AskAsync(Call("call_read_tool", $$$"""{"name":"{{{name}}}","arguments":{"folder":"a"} }"""))
        ).GetProperty("result");
        Assert.Equal(7, result.GetProperty("structuredContent").GetProperty("id").GetInt32());
        await session.EndAsync();
        var line = JsonElement.Parse(
            Assert.Single(
                await File.ReadAllLinesAsync(files.PathOf("audit.jsonl"), TestContext.Current.CancellationToken)
            )
        );
        Assert.Equal("/notes/a", upstream.Request.Target);
        Assert.Contains($"\"{name}\"", line.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("call_read_tool", line.GetRawText(), StringComparison.Ordinal);
    }

    // The manifest names an origin that no user approved for its credential.
    [Fact]
    public async Task A_call_tool_asks_for_the_same_approvals_as_a_direct_call()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__PETS__KEY__VALUE"] = "secret";
        using var sources = new TemporaryFolder();
        var document = sources.Write(
            "api.yaml",
            """
            openapi: 3.1.0
            info: { title: Pets, version: '1' }
            servers: [ { url: 'https://pets.test' } ]
            security: [ { key: [] } ]
            paths: { /pets: { delete: { operationId: deletePets, responses: { '204': { description: Done } } } } }
            components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
            """
        );
        var imported = await _runtime.RunAsync(
            ["import", document, "--name", "pets"],
            TestContext.Current.CancellationToken
        );
        Assert.True(imported.ExitCode == 0, imported.Error);
        var manifest = Path.Combine(_runtime.ConnectorsFolder, "pets.yaml");
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            manifest,
            text.Replace("https://pets.test", upstream.Url.ToString().TrimEnd('/'), StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        await using var session = new ServeSession(_runtime, "--expose", "search");
        var direct = Text(await session.AskAsync(Call("delete_pets", "{}")));
        var called = Text(await session.AskAsync(Call("call_destructive_tool", """{"name":"delete_pets"}""")));

        Assert.Equal(direct, called);
        Assert.Contains(upstream.Url.Authority, called, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_wrong_word_is_refused()
    {
        var ended = await _runtime.RunAsync(["serve", "--expose", "some"], TestContext.Current.CancellationToken);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("'all', 'search' or 'auto'", ended.Error, StringComparison.Ordinal);
    }

    internal static string Call(string tool, string arguments) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}} } }""";

    internal static string Text(JsonElement answer) =>
        answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    private static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"tool{i}")];
}
