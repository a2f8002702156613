using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>Long answers of the real executable: read on, and what is left of them on the disk.</summary>
public sealed class StoredResultTests : IDisposable
{
    // More than what is kept in memory, in three answers.
    private const int Items = 60_000;

    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task A_killed_server_leaves_nothing_that_others_can_read_and_the_next_one_removes_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The modes of files are those of Unix.");
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Json(Answer()));
        AddConnector(upstream);
        var results = new DirectoryInfo(Path.Combine(_runtime.CacheFolder, "results"));
        await using (var session = new ServeSession(_runtime))
        {
            await session.InitializeAsync();
            string last = "";
            for (var call = 0; call < 4; call++)
                last = await HandleAsync(session);
            var read = await session.AskAsync(
                ExposeTests.Call("read_result", $$"""{"handle":"{{last}}","contains":"item {{Items - 1}} "}""")
            );
            Assert.Contains($"\"id\":{Items - 1}", ExposeTests.Text(read), StringComparison.Ordinal);
            Assert.NotEmpty(results.GetFiles("*.bin", SearchOption.AllDirectories));
        }
        // Disposing the session killed it.
        var left = results.GetFiles("*", SearchOption.AllDirectories);
        Assert.Contains(left, file => file.Extension == ".bin");
        const UnixFileMode Others = (UnixFileMode)0b111_111;
        Assert.All(left, file => Assert.Equal(UnixFileMode.None, file.UnixFileMode & Others));
        Assert.All(results.GetDirectories().Append(results), folder =>
            Assert.Equal(UnixFileMode.None, folder.UnixFileMode & Others)
        );
        await using var next = new ServeSession(_runtime);
        await next.InitializeAsync();
        await next.EndAsync();
        results.Refresh();
        Assert.Empty(results.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_server_that_is_stopped_leaves_no_file()
    {
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Json(Answer()));
        AddConnector(upstream);
        await using var session = new ServeSession(_runtime);
        await session.InitializeAsync();
        for (var call = 0; call < 4; call++)
            await HandleAsync(session);
        var results = new DirectoryInfo(Path.Combine(_runtime.CacheFolder, "results"));
        Assert.NotEmpty(results.GetFiles("*.bin", SearchOption.AllDirectories));
        await session.EndAsync();
        Assert.Empty(results.GetFileSystemInfos());
    }

    private static string Answer() =>
        $"[{string.Join(',', Enumerable.Range(0, Items).Select(id => $$"""{"id":{{id}},"text":"{{new string('x', 60)}} item {{id}} of many"}"""))}]";

    private void AddConnector(RecordingUpstream upstream)
    {
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        _runtime.AddConnector(
            "log",
            $$"""
            connector:
              manifest_version: 2
              name: log
              version: 1.0.0
              base_url: {{upstream.Url.ToString().TrimEnd('/')}}
              limits: { max_response_bytes: 16777216 }
              tools:
              - { name: list, description: Lists., endpoint: GET /x, arguments: { }, input_schema: { type: object } }
            """
        );
    }

    private static async Task<string> HandleAsync(ServeSession session)
    {
        var answer = await session.AskAsync(ExposeTests.Call("list", "{}"));
        var link = answer.GetProperty("result").GetProperty("content").EnumerateArray().Last();
        var uri = link.GetProperty("uri").GetString()!;
        return uri[(uri.LastIndexOf('/') + 1)..];
    }
}
