using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>tools</c> and <c>call</c>.</summary>
public sealed class ToolCommandTests : IDisposable
{
    private const string KeyVariable = "MCP_RUNTIME_CREDENTIAL__NOTES__KEY__VALUE";
    private const string Secret = "s3cret-key-of-this-test";

    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Tools_are_listed_under_the_names_they_are_served_by()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var text = await _runtime.RunAsync(["tools"], Token);
        var json = await _runtime.RunAsync(["tools", "--format", "json"], Token);

        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Contains("notes 1.0.0", text.Out, StringComparison.Ordinal);
        Assert.Contains("  find_notes  GET /notes/{folder}  Find notes", text.Out, StringComparison.Ordinal);
        var tools = JsonElement.Parse(json.Out).GetProperty("tools");
        Assert.Equal(
            ["find_notes", "write_note"],
            tools.EnumerateArray().Select(tool => tool.GetProperty("name").GetString())
        );
        Assert.True(tools[0].GetProperty("read_only").GetBoolean());
        Assert.Equal("object", tools[1].GetProperty("input_schema").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_cost_of_tools_is_shown_by_connector_part_tag_and_tool()
    {
        var tagged = Documents
            .Manifest("notes", "https://notes.example")
            .Replace("- name: write_note", "- name: write_note\n    tags: [Writing]", StringComparison.Ordinal);
        _runtime.AddConnector("notes", tagged);

        var text = await _runtime.RunAsync(["tools", "--cost"], Token);
        var json = await _runtime.RunAsync(["tools", "--cost", "--format", "json"], Token);

        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Matches(@"(?m)^notes: 2 tools, about [\d,]+ tokens$", text.Out);
        Assert.Matches(@"(?m)^ +\d+  input schemas$", text.Out);
        Assert.Matches(@"(?m)^ +\d+  Writing  \(1 tool\)$", text.Out);
        Assert.Matches(@"(?m)^ +\d+  find_notes  \(", text.Out);
        var cost = JsonElement.Parse(json.Out);
        var connector = cost.GetProperty("connectors")[0];
        Assert.Equal(2, cost.GetProperty("tools").GetInt32());
        var total = cost.GetProperty("tokens").GetProperty("total").GetInt32();
        Assert.Equal(
            total,
            connector
                .GetProperty("tools")
                .EnumerateArray()
                .Sum(tool => tool.GetProperty("tokens").GetProperty("total").GetInt32())
        );
        Assert.Equal(
            total,
            connector
                .GetProperty("tokens")
                .EnumerateObject()
                .Where(part => part.Name != "total")
                .Sum(part => part.Value.GetInt32())
        );
        Assert.Contains(
            "Writing",
            connector.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("tag").GetString())
        );
    }

    [Fact]
    public async Task All_tools_of_a_cost_are_listed_on_request_only()
    {
        using var folder = new TemporaryFolder();
        var document = folder.Write("many.yaml", Documents.WithOperations(12));
        await _runtime.RunAsync(["import", document, "-n", "many"], Token);

        var usual = await _runtime.RunAsync(["tools", "--cost"], Token);
        var all = await _runtime.RunAsync(["tools", "--cost", "--all"], Token);
        var wrong = await _runtime.RunAsync(["tools", "--all"], Token);

        Assert.Contains("and 2 more; --all shows all.", usual.Out, StringComparison.Ordinal);
        Assert.Equal(12, all.Out.Split("get_item_", StringSplitOptions.None).Length - 1);
        Assert.Equal(2, wrong.ExitCode);
    }

    [Fact]
    public async Task Without_connectors_the_way_to_one_is_named()
    {
        var output = await _runtime.RunAsync(["tools"], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("mcp-runtime import", output.Error, StringComparison.Ordinal);
        Assert.Empty(output.Out);
    }

    [Fact]
    public async Task A_name_that_two_connectors_have_is_listed_with_its_connector()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        _runtime.AddConnector("memos", Documents.Manifest("memos", "https://memos.example"));

        var tools = await _runtime.RunAsync(["tools"], Token);
        var call = await _runtime.RunAsync(["call", "write_note", "--arguments", """{"text": "a"}"""], Token);

        Assert.Contains("memos__write_note", tools.Out, StringComparison.Ordinal);
        Assert.True(call.ExitCode == 1, call.ToString());
        Assert.Contains("memos__write_note", call.Error, StringComparison.Ordinal);
        Assert.Contains("notes__write_note", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_folder_can_be_named_and_a_broken_manifest_does_not_hide_the_others()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.yaml", Documents.Manifest("notes", "https://notes.example"));
        var broken = folder.Write("broken.yaml", "connector: { name: broken }");

        var output = await _runtime.RunAsync(["tools", "--connectors", folder.Path], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("write_note", output.Out, StringComparison.Ordinal);
        Assert.Contains(broken, output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_prints_what_came_back()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""[{"text":"grüße"}]"""));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("notes", Documents.Manifest("notes", $"http://127.0.0.1:{upstream.Url.Port}"));

        var output = await _runtime.RunAsync(
            ["call", "find_notes", "--arguments", "-"],
            Token,
            """{"folder": "a b", "words": ["x", "y&z"]}"""
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal("GET /notes/a%20b?q=x&q=y%26z HTTP/1.1", upstream.Request.RequestLine);
        Assert.Equal("grüße", JsonElement.Parse(output.Out)[0].GetProperty("text").GetString());
        Assert.Empty(output.Error);
    }

    [Fact]
    public async Task A_call_prints_the_whole_answer_and_fails_where_it_breaks()
    {
        var text = $"[{string.Join(',', Enumerable.Repeat("\"0123456789\"", 200_000))}]";
        await using var upstream = RecordingUpstream.Start(
            async (request, connection, cancellationToken) =>
            {
                if (request.Target.EndsWith("/none", StringComparison.Ordinal))
                    await connection.SendAsync(UpstreamAnswer.Empty(), cancellationToken);
                else if (request.Target.EndsWith("/whole", StringComparison.Ordinal))
                    await connection.SendAsync(UpstreamAnswer.Json(text), cancellationToken);
                else
                {
                    await connection.SendAsync(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[1,2",
                        cancellationToken
                    );
                    connection.Close();
                }
            }
        );
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("notes", Documents.Manifest("notes", $"http://127.0.0.1:{upstream.Url.Port}"));

        var whole = await _runtime.RunAsync(["call", "find_notes", "--arguments", """{"folder": "whole"}"""], Token);
        var broken = await _runtime.RunAsync(["call", "find_notes", "--arguments", """{"folder": "broken"}"""], Token);
        var none = await _runtime.RunAsync(["call", "find_notes", "--arguments", """{"folder": "none"}"""], Token);

        Assert.Equal(text, whole.Out.TrimEnd());
        Assert.True(broken.ExitCode == 1, broken.ToString());
        Assert.Contains("answer", broken.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (none.ExitCode, none.Out));
        Assert.Contains("no body", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_headers_are_printed_apart_from_the_body()
    {
        await using var upstream = RecordingUpstream.Start(
            new UpstreamAnswer(
                200,
                "[]"u8.ToArray(),
                "Content-Type: application/json",
                "Link: </notes/a?page=2>; rel=\"next\"",
                "Set-Cookie: sid=1"
            )
        );
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("notes", Documents.Manifest("notes", $"http://127.0.0.1:{upstream.Url.Port}"));

        var output = await _runtime.RunAsync(["call", "find_notes", "--arguments", """{"folder": "a"}"""], Token);

        Assert.Equal("[]", output.Out.Trim());
        Assert.Equal(
            "Response headers:\nLink: </notes/a?page=2>; rel=\"next\"",
            output.Error.Trim().ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task Arguments_come_from_a_file_and_the_credential_from_the_environment()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}", 201));
        using var folder = new TemporaryFolder();
        var arguments = folder.Write("arguments.json", """{"text": "hello"}""");
        await ImportedNotesAsync(upstream.Url);
        _runtime.Environment[KeyVariable] = Secret;

        var output = await _runtime.RunAsync(["call", "write_note", "--arguments", $"@{arguments}"], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal([Secret], upstream.Request.Header("X-Key"));
        Assert.Equal("""{"text":"hello"}""", upstream.Request.BodyText);
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_the_request_and_sends_nothing()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        await ImportedNotesAsync(upstream.Url);
        string[] call = ["call", "write_note", "--arguments", """{"text": "it's"}""", "--dry-run"];
        var without = await _runtime.RunAsync(call, Token);
        _runtime.Environment[KeyVariable] = Secret;

        var output = await _runtime.RunAsync(call, Token);

        Assert.True(without.ExitCode == 0, without.ToString());
        Assert.StartsWith("curl ", without.Out, StringComparison.Ordinal);
        Assert.Contains(KeyVariable, without.Error, StringComparison.Ordinal);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.StartsWith("curl ", output.Out, StringComparison.Ordinal);
        Assert.Contains($"{upstream.Url}notes", output.Out, StringComparison.Ordinal);
        Assert.Contains("X-Key: ***", output.Out, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("text → body text", output.Error, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_dry_run_shows_what_does_not_fit_the_schema_and_strict_refuses_it()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        await ImportedNotesAsync(upstream.Url);
        string[] call =
        [
            "call",
            "write_note",
            "--arguments",
            """{"text": "longer than twenty characters"}""",
            "--dry-run",
        ];

        var standard = await _runtime.RunAsync(call, Token);
        _runtime.Environment["MCP_RUNTIME_ARGUMENT_CHECK"] = "strict";
        var strict = await _runtime.RunAsync(call, Token);

        Assert.True(standard.ExitCode == 0, standard.ToString());
        Assert.Contains("longer than twenty", standard.Out, StringComparison.Ordinal);
        Assert.Contains(
            "Schema warning (sent anyway): /text must have at most 20 characters",
            standard.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains(
            "nothing was sent:\n- /text must have at most 20 characters",
            strict.Error.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_failed_call_is_told_on_standard_error()
    {
        await using var upstream = RecordingUpstream.Start(
            UpstreamAnswer.Text("""{"title":"No such folder","status":404}""", 404, "application/problem+json")
        );
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("notes", Documents.Manifest("notes", $"http://127.0.0.1:{upstream.Url.Port}"));

        var output = await _runtime.RunAsync(["call", "find_notes", "-a", """{"folder": "none"}"""], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("No such folder", output.Error, StringComparison.Ordinal);
        Assert.Empty(output.Out);
    }

    [Theory]
    [InlineData("""{"text": """, "--arguments, line 1, column 10: The JSON ends unexpectedly")]
    [InlineData("{'text': 1}", "--arguments, line 1, column 2: The JSON is not valid here")]
    [InlineData("[1]", "an array")]
    [InlineData("""{"a": 1, "a": 2}""", "line 1, column 10: The key at /a occurs more than once")]
    [InlineData("@no-such-file.json", "no-such-file.json")]
    public async Task Arguments_that_are_no_object_are_wrong_usage(string arguments, string named)
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var output = await _runtime.RunAsync(["call", "write_note", "--arguments", arguments], Token);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.Contains(named, output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_named_and_an_unknown_tool_gets_a_suggestion()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var misfit = await _runtime.RunAsync(
            ["call", "write_note", "--arguments", """{"text": 1, "colour": "red"}"""],
            Token
        );
        var unknown = await _runtime.RunAsync(["call", "write_notes"], Token);

        Assert.True(misfit.ExitCode == 1, misfit.ToString());
        Assert.Contains("/text", misfit.Error, StringComparison.Ordinal);
        Assert.Contains("colour", misfit.Error, StringComparison.Ordinal);
        Assert.True(unknown.ExitCode == 1, unknown.ToString());
        Assert.Contains(
            "write_note",
            unknown.Error.Replace("write_notes", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    private async Task ImportedNotesAsync(Uri upstream)
    {
        var document = $$"""
            {"openapi": "3.1.0", "info": {"title": "Notes", "version": "1.0.0"}, "servers": [{"url": "{{upstream}}"}],
             "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"} } },
             "paths": {"/notes": {"post": {"operationId": "writeNote", "security": [{"key": []}],
               "requestBody": {"required": true, "content": {"application/json": {"schema":
                 {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "maxLength": 20} } } } } },
               "responses": {"201": {"description": "Written."} } } } } }
            """;
        var output = await _runtime.RunAsync(["import", "-", "--name", "notes", "--allow-private"], Token, document);
        Assert.True(output.ExitCode == 0, output.ToString());
    }
}
