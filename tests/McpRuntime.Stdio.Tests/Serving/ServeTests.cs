using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

public sealed class ServeTests : IDisposable
{
    private const string GetPet =
        """{"jsonrpc":"2.0","id":"call","method":"tools/call","params":{"name":"get_pet","arguments":{"id":7} } }""";

    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task A_line_that_is_not_json_gets_a_parse_error_and_the_session_goes_on()
    {
        await using var session = new ServeSession(_runtime);
        var error = await session.AskAsync("this is not JSON");
        Assert.Equal(-32700, error.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("id").ValueKind);
        Assert.Equal(
            "mcp-runtime",
            (await session.InitializeAsync())
                .GetProperty("result")
                .GetProperty("serverInfo")
                .GetProperty("name")
                .GetString()
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"a-b\"")]
    public async Task Ids_come_back_as_they_were(string id)
    {
        await using var session = new ServeSession(_runtime);
        Assert.Equal(id, (await session.InitializeAsync(id)).GetProperty("id").GetRawText());
    }

    [Fact]
    public async Task The_end_of_input_is_a_clean_end_and_what_was_asked_is_answered()
    {
        _runtime.AddConnector("pets", Manifest("pets", "get_pet"));
        await using var session = new ServeSession(_runtime);
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var (exitCode, rest) = await session.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains(
            "get_pet",
            Assert.Single(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        Assert.Contains("Serving 1 tool of 1 connector from", await session.ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_is_a_clean_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM to send.");
        await using var session = new ServeSession(_runtime);
        await session.InitializeAsync();
        await ProcessRunner.RunAsync(
            "kill",
            ["-TERM", $"{session.Id}"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        var (exitCode, rest) = await session.EndedAsync();
        Assert.Equal(0, exitCode);
        Assert.Empty(rest);
    }

    [Fact]
    public async Task An_edited_manifest_is_announced_and_listed()
    {
        _runtime.AddConnector("pets", Manifest("pets", "get_pet"));
        await using var session = new ServeSession(_runtime, "--hot-reload");
        await session.InitializeAsync();
        Assert.Equal(["echo", "hello", "get_time", "read_result", "get_pet"], await session.ListNamesAsync());
        _runtime.AddConnector("pets", Manifest("pets", "get_pet", "find_pets"));
        Assert.Equal(
            "notifications/tools/list_changed",
            (await session.ReceiveAsync()).GetProperty("method").GetString()
        );
        Assert.Equal(
            ["echo", "hello", "get_time", "read_result", "get_pet", "find_pets"],
            await session.ListNamesAsync()
        );
    }

    [Fact]
    public async Task Choices_and_settings_narrow_what_is_served()
    {
        _runtime.AddConnector(
            "pets",
            Manifest("pets", "get_pet", "find_pets")
                .Replace("GET /find_pets", "POST /find_pets", StringComparison.Ordinal)
        );
        await using (var readOnly = new ServeSession(_runtime, "--read-only", "--tools", "*pet*", "echo"))
            Assert.Equal(["echo", "read_result", "get_pet"], await readOnly.ListNamesAsync());
        _runtime.Environment["MCP_RUNTIME_BUILTIN_TOOLS"] = "false";
        await using (var without = new ServeSession(_runtime))
            Assert.Equal(["read_result", "get_pet", "find_pets"], await without.ListNamesAsync());
        _runtime.Environment["MCP_RUNTIME_ANSWER_BUDGET"] = "0";
        await using (var whole = new ServeSession(_runtime))
            Assert.Equal(["get_pet", "find_pets"], await whole.ListNamesAsync());
    }

    [Fact]
    public async Task A_call_reaches_the_api_and_its_answer_comes_back()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"name":"Rex"}"""));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        _runtime.AddConnector(
            "pets",
            $$"""
            connector:
              manifest_version: 2
              name: pets
              version: 1.0.0
              base_url: {{upstream.Url}}
              tools:
              - name: get_pet
                description: Gets a pet.
                endpoint: GET /pets/{id}
                arguments:
                  id: { in: path, name: id }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [ id ] }
            """
        );
        await using var session = new ServeSession(_runtime);
        var result = (await session.AskAsync(GetPet)).GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out _), result.GetRawText());
        Assert.Equal("Rex", result.GetProperty("structuredContent").GetProperty("name").GetString());
        Assert.Equal("/pets/7", upstream.Request.Target);
    }

    [Fact]
    public async Task Only_protocol_reaches_standard_output_whatever_the_process_and_its_children_print()
    {
        using var signals = new TemporaryFolder();
        _runtime.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        _runtime.Environment["STRAY_OUTPUT_GO"] = signals.PathOf("go");
        _runtime.Environment["STRAY_OUTPUT_DONE"] = signals.PathOf("done");
        await using var session = new ServeSession(_runtime);
        await session.InitializeAsync();
        using var watcher = new FileSystemWatcher(signals.Path) { EnableRaisingEvents = true };
        var done = new TaskCompletionSource();
        watcher.Renamed += (_, _) => done.TrySetResult();
        signals.Write("go", "");
        await done.Task.WaitAsync(ProcessRunner.HangGuard, TestContext.Current.CancellationToken);
        Assert.Equal(
            "nothing",
            await File.ReadAllTextAsync(signals.PathOf("done"), TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            1,
            (await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""")).GetProperty("id").GetInt32()
        );
        Assert.Equal((0, ""), await session.EndAsync());
        var log = await session.ErrorAsync();
        Assert.Contains("stray-managed", log, StringComparison.Ordinal);
        Assert.Contains("stray-child", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_logs_details_on_standard_error_and_never_a_message()
    {
        _runtime.Environment["MCP_RUNTIME_DEBUG"] = "true";
        _runtime.Environment["MCP_RUNTIME_LOG_LEVEL"] = "trace";
        await using var session = new ServeSession(_runtime);
        await session.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"s3cret-words"}}}"""
        );
        var (exitCode, rest) = await session.EndAsync();
        Assert.Equal((0, ""), (exitCode, rest));
        var log = await session.ErrorAsync();
        Assert.Contains("debug", log, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-words", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_refused_before_anything_is_served()
    {
        _runtime.Environment["MCP_RUNTIME_HOT_RELOAD"] = "perhaps";
        var ended = await _runtime.RunAsync(["serve"], TestContext.Current.CancellationToken);
        Assert.Equal(2, ended.ExitCode);
        Assert.Empty(ended.Out);
        Assert.Contains("MCP_RUNTIME_HOT_RELOAD", ended.Error, StringComparison.Ordinal);
    }

    internal static string Manifest(string name, params string[] tools) =>
        $"""
        connector:
          manifest_version: 2
          name: {name}
          version: 1.0.0
          base_url: https://example.com
          tools:
        {string.Join('\n', tools.Select(tool => $$"""
          - name: {{tool}}
            description: Does {{tool}}.
            endpoint: GET /{{tool}}
            arguments: {}
            input_schema: { type: object, properties: {} }
        """))}
        """;

    [Fact]
    public async Task A_second_start_serves_what_the_first_one_kept()
    {
        const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
        _runtime.AddConnector("pets", Manifest("pets", "get_pet", "find_pets"));
        JsonElement first,
            second;
        await using (var session = new ServeSession(_runtime))
        {
            first = await session.AskAsync(List);
            await session.EndAsync();
        }
        var kept = Assert.Single(Directory.EnumerateFiles(Path.Combine(_runtime.CacheFolder, "manifests")));
        await using (var session = new ServeSession(_runtime))
        {
            second = await session.AskAsync(List);
            Assert.Equal(first.GetRawText(), second.GetRawText());
        }
        await File.WriteAllTextAsync(kept, "damaged", TestContext.Current.CancellationToken);
        await using (var session = new ServeSession(_runtime))
            Assert.Equal(first.GetRawText(), (await session.AskAsync(List)).GetRawText());
    }
}
