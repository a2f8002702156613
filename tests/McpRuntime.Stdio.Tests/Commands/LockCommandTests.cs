using System.Text.Json;
using McpRuntime.Stdio.Tests.Serving;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>lock</c> and <c>serve --lock</c> as processes.</summary>
public sealed class LockCommandTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _folder = new();

    private string Lock => _folder.PathOf("tools.lock");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_lock_is_made_checked_and_replaced_only_when_someone_agrees()
    {
        Add("GET /pets");
        var made = await _runtime.RunAsync(["lock", Lock], Cancelled);
        Assert.Equal((0, ""), (made.ExitCode, made.Out));
        Assert.Contains("Saved 1 tool of 1 connector as reviewed in", made.Error, StringComparison.Ordinal);
        var same = await _runtime.RunAsync(["lock", Lock, "--check"], Cancelled);
        Assert.Equal((0, "All is as it was reviewed."), (same.ExitCode, same.Out.Trim()));
        var reviewed = await File.ReadAllTextAsync(Lock, Cancelled);

        Add("DELETE /pets");
        const string Words = "pets: get_pet differs: endpoint was 'GET /pets' and is 'DELETE /pets'.";
        var check = await _runtime.RunAsync(["lock", Lock, "--check"], Cancelled);
        Assert.Equal((1, Words), (check.ExitCode, check.Out.Trim()));
        var unasked = await _runtime.RunAsync(["lock", Lock], Cancelled);
        Assert.Equal((1, Words), (unasked.ExitCode, unasked.Out.Trim()));
        Assert.Contains("--yes keeps this as reviewed. Nothing was saved.", unasked.Error, StringComparison.Ordinal);
        Assert.Equal(reviewed, await File.ReadAllTextAsync(Lock, Cancelled));

        var json = await _runtime.RunAsync(["lock", Lock, "--check", "--format", "json"], Cancelled);
        var difference = JsonElement.Parse(json.Out).GetProperty("differences")[0];
        Assert.Equal("changed", difference.GetProperty("kind").GetString());
        Assert.Equal("get_pet", difference.GetProperty("tool").GetString());
        Assert.Equal(0, (await _runtime.RunAsync(["lock", Lock, "--yes"], Cancelled)).ExitCode);
        Assert.Equal(0, (await _runtime.RunAsync(["lock", Lock, "--check"], Cancelled)).ExitCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Serve_lists_and_calls_only_what_was_reviewed(bool byOption)
    {
        Add("GET /pets");
        await _runtime.RunAsync(["lock", Lock], Cancelled);
        Add("POST /pets");
        if (!byOption)
            _runtime.Environment["MCP_RUNTIME_LOCK"] = Lock;
        _runtime.Environment["MCP_RUNTIME_BUILTIN_TOOLS"] = "false";

        await using var session = new ServeSession(_runtime, byOption ? ["--lock", Lock] : []);
        await session.InitializeAsync();
        var list = await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var call = await session.AskAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_pet","arguments":{}}}"""
        );

        Assert.Equal(0, list.GetProperty("result").GetProperty("tools").GetArrayLength());
        Assert.Contains("get_pet", call.ToString(), StringComparison.Ordinal);
        Assert.True(call.TryGetProperty("error", out _));
        await session.EndAsync();
        Assert.Contains(
            "endpoint was 'GET /pets' and is 'POST /pets'",
            await session.ErrorAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_connector_is_reviewed_and_the_others_stay()
    {
        Add("GET /pets");
        _runtime.AddConnector("dogs", Manifest("dogs", "GET /dogs"));
        await _runtime.RunAsync(["lock", Lock], Cancelled);
        Add("DELETE /pets");
        _runtime.AddConnector("dogs", Manifest("dogs", "DELETE /dogs"));

        var one = await _runtime.RunAsync(["lock", Lock, "--connector", "dogs", "--yes"], Cancelled);
        Assert.Equal(
            (0, "dogs: get_pet differs: endpoint was 'GET /dogs' and is 'DELETE /dogs'."),
            (one.ExitCode, one.Out.Trim())
        );
        var left = await _runtime.RunAsync(["lock", Lock, "--check"], Cancelled);
        Assert.StartsWith("pets: get_pet differs", left.Out, StringComparison.Ordinal);
        var none = await _runtime.RunAsync(["lock", Lock, "--connector", "cats"], Cancelled);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("There is no connector 'cats'", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_with_errors_is_no_ground_for_a_lock()
    {
        Add("GET /pets");
        _runtime.AddConnector("broken", "connector: {}");

        var refused = await _runtime.RunAsync(["lock", Lock], Cancelled);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("broken.yaml", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Lock));
    }

    private void Add(string endpoint) => _runtime.AddConnector("pets", Manifest("pets", endpoint));

    private static string Manifest(string name, string endpoint) =>
        $$"""
            connector:
              manifest_version: 2
              name: {{name}}
              version: 1.0.0
              base_url: https://pets.example.com
              tools:
              - name: get_pet
                description: Handles pets.
                endpoint: {{endpoint}}
                arguments: {}
                input_schema: { type: object, properties: {} }
            """;
}
