using System.ComponentModel;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>The official TypeScript clients, the older and the newer one, against the real executable.</summary>
public sealed class TypeScriptClientTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("sdk1", "@modelcontextprotocol/sdk", "2025-11-25")]
    [InlineData("legacy", "@modelcontextprotocol/client", "2025-11-25")]
    [InlineData("auto", "@modelcontextprotocol/client", "2026-07-28")]
    [InlineData("modern", "@modelcontextprotocol/client", "2026-07-28")]
    public async Task A_session_lists_calls_and_hears_of_an_edited_manifest(
        string kind,
        string package,
        string revision
    )
    {
        using var edits = new TemporaryFolder();
        var manifest = _runtime.AddConnector("pets", ServeTests.Manifest("pets", "get_pet"));
        var edited = edits.Write("pets.yaml", ServeTests.Manifest("pets", "get_pet", "find_pets"));

        var seen = await RunAsync(
            "mcp-session.mjs",
            package,
            kind,
            "echo",
            edited,
            manifest,
            McpRuntimeProcess.Executable,
            "serve",
            "--hot-reload",
            "--connectors",
            _runtime.ConnectorsFolder
        );

        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Equal("mcp-runtime", seen.GetProperty("server").GetString());
        Assert.Equal(["echo", "hello", "get_time", "read_result", "get_pet"], Names(seen, "before"));
        Assert.Equal("hello ☃", seen.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(-32602, seen.GetProperty("refused").GetInt32());
        Assert.Equal(["echo", "hello", "get_time", "read_result", "get_pet", "find_pets"], Names(seen, "after"));
    }

    [Theory]
    [InlineData("sdk1", "@modelcontextprotocol/sdk", "2025-11-25")]
    [InlineData("legacy", "@modelcontextprotocol/client", "2025-11-25")]
    [InlineData("modern", "@modelcontextprotocol/client", "2026-07-28")]
    public async Task Answers_that_do_not_fit_their_schema_reach_a_client_that_has_listed(
        string kind,
        string package,
        string revision
    )
    {
        await using var upstream = RecordingUpstream.Start(request =>
            request.Target switch
            {
                "/array" => UpstreamAnswer.Json("""[{"id":1},{"id":2}]"""),
                "/empty" => UpstreamAnswer.Empty(),
                "/misfit" => UpstreamAnswer.Json("""{"id":"not a number","more":[1]}"""),
                "/long" => UpstreamAnswer.Json(
                    $"[{string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"id":{{i}}}"""))}]"
                ),
                "/number" => UpstreamAnswer.Json("7"),
                "/text" => UpstreamAnswer.Text("plain"),
                _ => UpstreamAnswer.Json("""{"title":"no"}""", 404),
            }
        );
        string[] tools = ["array", "empty", "misfit", "long", "number", "text", "missing"];
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector(
            "api",
            $"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              base_url: {upstream.Url.ToString().TrimEnd('/')}
              limits: {"{"} max_response_bytes: 4096 {"}"}
              tools:{string.Concat(
                tools.Select(tool =>
                    $"\n  - {{ name: {tool}, description: Answers., endpoint: GET /{tool}, arguments: {{ }}, input_schema: {{ type: object }}, output_schema: {{ type: object, properties: {{ id: {{ type: integer }} }}, required: [id] }} }}"
                )
            )}
            """
        );

        var seen = await RunAsync(
            "mcp-answers.mjs",
            package,
            kind,
            string.Join(',', tools),
            McpRuntimeProcess.Executable,
            "serve",
            "--connectors",
            _runtime.ConnectorsFolder
        );

        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Empty(seen.GetProperty("schemas").EnumerateArray());
        var answers = seen.GetProperty("answers");
        foreach (var tool in tools)
        {
            Assert.False(answers.GetProperty(tool).TryGetProperty("error", out var error), $"{tool}: {error}");
            var isError =
                answers.GetProperty(tool).GetProperty("result").TryGetProperty("isError", out var said)
                && said.GetBoolean();
            Assert.Equal(tool == "missing", isError);
        }
        Assert.Contains("not a number", Text("misfit"), StringComparison.Ordinal);
        Assert.Contains("no body", Text("empty"), StringComparison.Ordinal);
        Assert.Equal("""[{"id":1},{"id":2}]""", Text("array"));
        Assert.True(JsonElement.Parse(Text("long")).GetArrayLength() is > 10 and < 5000);

        string Text(string tool) =>
            answers.GetProperty(tool).GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    [Theory]
    [InlineData("sdk1", "@modelcontextprotocol/sdk", "2025-11-25")]
    [InlineData("legacy", "@modelcontextprotocol/client", "2025-11-25")]
    [InlineData("modern", "@modelcontextprotocol/client", "2026-07-28")]
    public async Task A_client_searches_describes_and_calls(string kind, string package, string revision)
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""[{"text":"milk"}]"""));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("notes", Documents.Manifest("notes", upstream.Url.ToString().TrimEnd('/')));

        var seen = await RunAsync(
            "mcp-search.mjs",
            package,
            kind,
            "find the notes of a folder",
            """{"folder":"home","words":["milk"]}""",
            McpRuntimeProcess.Executable,
            "serve",
            "--expose",
            "search",
            "--connectors",
            _runtime.ConnectorsFolder
        );

        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Equal(ExposeTests.SearchToolNames[..5], Names(seen, "listed").Take(5));
        Assert.Equal("find_notes call_read_tool", $"{seen.GetProperty("name")} {seen.GetProperty("right")}");
        Assert.False(seen.GetProperty("called").GetProperty("isError").GetBoolean());
        Assert.Contains("milk", seen.GetProperty("called").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(seen.GetProperty("refused").GetProperty("isError").GetBoolean());
        Assert.StartsWith("/notes/home?q=milk", upstream.Request.Target, StringComparison.Ordinal);
    }

    private async Task<JsonElement> RunAsync(string script, string package, params string[] arguments)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "external");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)),
            $"{package} is not installed: run tests/external/install.sh"
        );
        try
        {
            var ended = await ProcessRunner.RunAsync(
                "node",
                [Path.Combine(folder, script), .. arguments],
                _runtime.Environment,
                cancellationToken: TestContext.Current.CancellationToken
            );
            Assert.True(ended.ExitCode == 0, ended.ToString());
            return JsonElement.Parse(ended.Out);
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed");
            throw;
        }
    }

    private static string[] Names(JsonElement seen, string list) =>
        [.. seen.GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];
}
