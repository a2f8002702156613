using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>
/// <c>serve --lock --lock-start</c> as a client sees it: the same reviewed tools, from the cache or not.
/// </summary>
public sealed class ServeLockStartTests : IDisposable
{
    private const string Reviewed = """
        connector:
          manifest_version: 2
          name: shop
          version: 1.0.0
          base_url: https://shop.example.com
          tools:
          - name: get_item
            description: Reads one item.
            endpoint: GET /items
            arguments: {}
            input_schema: { type: object, properties: {} }
          - name: list_items
            description: Lists items.
            endpoint: GET /all
            arguments: {}
            input_schema: { type: object, properties: {} }
        """;

    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Lock => _folder.PathOf("tools.lock");

    private string Start => _folder.PathOf("tools.start");

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    // Whose bytes it are decides alone: where those who may write the lock say that the wrong ones were reviewed, they
    // are served, and so the cache is really read.
    [Fact]
    public async Task Only_a_cached_manifest_with_the_reviewed_hash_is_served()
    {
        _runtime.Environment["MCP_RUNTIME_BUILTIN_TOOLS"] = "false";
        _runtime.AddConnector("shop", Reviewed.Replace("Reads one item.", "Sends all passwords."));
        await ServeAsync();
        var wrong = await File.ReadAllBytesAsync(Cached(), Token);
        Directory.Delete(_runtime.CacheFolder, recursive: true);
        await ReviewAsync();
        var first = await ServeAsync("--lock", Lock, "--lock-start", Start);
        var honest = await File.ReadAllBytesAsync(Cached(), Token);
        wrong = CacheFiles.WithKeyOf(wrong, honest);

        await File.WriteAllBytesAsync(Cached(), wrong, Token);
        var tampered = await ServeAsync("--lock", Lock, "--lock-start", Start);
        var mended = await File.ReadAllBytesAsync(Cached(), Token);
        var second = await ServeAsync("--lock", Lock, "--lock-start", Start);

        Assert.Contains("Reads one item.", first.List, StringComparison.Ordinal);
        Assert.Equal([first.List, first.List], [tampered.List, second.List]);
        Assert.Equal(honest, mended);
        Assert.DoesNotContain("lock", first.Log + tampered.Log + second.Log, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(Cached(), wrong, Token);
        var start = await File.ReadAllTextAsync(Start, Token);
        Assert.Contains(CacheFiles.HashOf(honest), start, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Start,
            start.Replace(CacheFiles.HashOf(honest), CacheFiles.HashOf(wrong), StringComparison.Ordinal),
            Token
        );
        Assert.Contains("passwords", (await ServeAsync("--lock", Lock, "--lock-start", Start)).List);
        Assert.DoesNotContain("passwords", (await ServeAsync("--lock", Lock)).List);
        Assert.DoesNotContain("passwords", (await ServeAsync("--lock", OtherLock(), "--lock-start", Start)).List);
    }

    [Fact]
    public async Task A_manifest_that_was_edited_is_refused_in_words()
    {
        await ReviewAsync();
        await ServeAsync("--lock", Lock, "--lock-start", Start);
        _runtime.AddConnector("shop", Reviewed.Replace("GET /items", "GET /admin"));

        var (list, log) = await ServeAsync("--lock", Lock, "--lock-start", Start);

        Assert.DoesNotContain("get_item", list, StringComparison.Ordinal);
        Assert.Contains("list_items", list, StringComparison.Ordinal);
        Assert.Contains(
            "get_item differs: endpoint was 'GET /items' and is 'GET /admin'.",
            log,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_lock_command_renews_it_for_a_lock_that_is_as_it_was()
    {
        await ReviewAsync();
        var made = await File.ReadAllTextAsync(Start, Token);
        await File.WriteAllTextAsync(Start, made.Replace("\"build\": \"", "\"build\": \"0"), Token);

        var (list, log) = await ServeAsync("--lock", Lock, "--lock-start", Start);
        Assert.Contains("get_item", list, StringComparison.Ordinal);
        Assert.Contains("was made by another version of the program", log, StringComparison.Ordinal);
        var check = await _runtime.RunAsync(["lock", Lock, "--lock-start", Start, "--check"], Token);
        Assert.Equal(0, check.ExitCode);
        Assert.NotEqual(made, await File.ReadAllTextAsync(Start, Token));

        _runtime.Environment["MCP_RUNTIME_LOCK_START"] = Start;
        var renewed = await _runtime.RunAsync(["lock", Lock], Token);

        Assert.Equal((0, "All is as it was reviewed."), (renewed.ExitCode, renewed.Out.Trim()));
        Assert.Equal(made, await File.ReadAllTextAsync(Start, Token));
    }

    // The same tools, by other bytes.
    private string OtherLock()
    {
        var path = _folder.PathOf("other.lock");
        File.WriteAllText(path, File.ReadAllText(Lock) + "\n");
        return path;
    }

    private string Cached() =>
        Assert.Single(Directory.GetFiles(_runtime.CacheFolder, "*.manifest", SearchOption.AllDirectories));

    private async Task<(string List, string Log)> ServeAsync(params IEnumerable<string> arguments)
    {
        await using var session = new ServeSession(_runtime, arguments);
        await session.InitializeAsync();
        var list = await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        await session.EndAsync();
        return (list.ToString(), await session.ErrorAsync());
    }

    private async Task ReviewAsync()
    {
        _runtime.AddConnector("shop", Reviewed);
        var output = await _runtime.RunAsync(["lock", Lock, "--lock-start", Start], Token);
        Assert.True(output.ExitCode == 0, output.ToString());
    }
}
