using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>call --all</c> and <c>call --max-items</c>.</summary>
public sealed class PagesCommandTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Items_are_printed_one_a_line_from_as_many_pages_as_are_needed()
    {
        await using var upstream = RecordingUpstream.Start(request =>
            request.Target switch
            {
                "/notes/a" => UpstreamAnswer.Json("""{"items":[{"id":1},{"id":2,"text":"a\u0000b"}],"next":"/p2"}"""),
                "/p2" => UpstreamAnswer.Json("{\"items\":[{\"id\":2},{\"id\":\n3}],\"next\":\"/p3\"}"),
                _ => UpstreamAnswer.Json("{}", 410),
            }
        );
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", $"http://127.0.0.1:{upstream.Url.Port}")
                .Replace(
                    "- name: find_notes",
                    "- name: find_notes\n    pagination: { style: next_url, items: /items, next: /next, id: id }",
                    StringComparison.Ordinal
                )
        );

        var three = await CallAsync("find_notes", "--max-items", "3");
        Assert.Equal((0, "{\"id\":1}\n{\"id\":2,\"text\":\"a\\u0000b\"}\n{\"id\":3}\n"), (three.ExitCode, three.Out));
        Assert.Equal(2, upstream.Requests.Count);

        var all = await CallAsync("find_notes", "--all");
        Assert.Equal((1, three.Out), (all.ExitCode, all.Out));
        Assert.Contains("Page 3 could not be read", all.Error, StringComparison.Ordinal);

        var other = await _runtime.RunAsync(
            ["call", "write_note", "--all", "--arguments", """{"text":"a"}"""],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("How 'write_note' pages is not known", other.Error, StringComparison.Ordinal);
    }

    private Task<ProcessOutput> CallAsync(params string[] arguments) =>
        _runtime.RunAsync(
            ["call", .. arguments, "--arguments", """{"folder":"a"}"""],
            TestContext.Current.CancellationToken
        );
}
