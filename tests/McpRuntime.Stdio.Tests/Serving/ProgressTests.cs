using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>Progress of calls with several requests, for clients that ask for it.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Each_page_is_told_before_the_answer_to_a_client_with_a_progress_token()
    {
        await using var upstream = RecordingUpstream.Start(request =>
            UpstreamAnswer.Json(
                request.Target == "/notes/a"
                    ? """{"items":[{"id":1}],"next":"/p2"}"""
                    : """{"items":[{"id":2}],"next":null}"""
            )
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
        await using var session = new ServeSession(_runtime, "--expose", "search");
        await session.InitializeAsync();

        await session.SendAsync(Call(""","_meta":{"progressToken":"t"}"""));
        var (first, second, answer) = (
            await session.ReceiveAsync(),
            await session.ReceiveAsync(),
            await session.ReceiveAsync()
        );
        Assert.Equal(
            [("notifications/progress", "t", 1), ("notifications/progress", "t", 2)],
            new[] { first, second }.Select(message =>
                (
                    message.GetProperty("method").GetString()!,
                    message.GetProperty("params").GetProperty("progressToken").GetString()!,
                    message.GetProperty("params").GetProperty("progress").GetInt32()
                )
            )
        );
        Assert.Equal(2, Items(answer));

        // No token, no progress.
        Assert.Equal(2, Items(await session.AskAsync(Call(""))));
    }

    private static int Items(JsonElement answer) =>
        answer.GetProperty("result").GetProperty("structuredContent").GetProperty("items").GetArrayLength();

    private static string Call(string meta) =>
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"call_read_tool","arguments":{"name":"find_notes","arguments":{"folder":"a"},"max_items":10}"""
        + meta
        + "}}";
}
