using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>The dialect of listed schemas, and what clients are asked, by the real executable.</summary>
public sealed class SchemaProfileTests : IDisposable
{
    private const string Manifest = """
        connector:
          manifest_version: 2
          name: shop
          version: 1.0.0
          base_url: URL
          tools:
          - name: tag_item
            endpoint: DELETE /items
            arguments: {}
            body: { content_type: application/json, required: true, argument: labels }
            input_schema: { type: object, properties: { labels: { type: object } }, required: [ labels ] }
        """;

    private readonly McpRuntimeProcess _runtime = new();

    public SchemaProfileTests()
    {
        _runtime.Environment["MCP_RUNTIME_BUILTIN_TOOLS"] = "false";
        _runtime.Environment["MCP_RUNTIME_ANSWER_BUDGET"] = "0";
    }

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task The_setting_chooses_the_dialect_an_option_wins_and_a_call_takes_what_is_listed()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        _runtime.AddConnector(
            "shop",
            Manifest.Replace("URL", upstream.Url.ToString().TrimEnd('/'), StringComparison.Ordinal)
        );
        Assert.Equal("object", await TypeAsync());
        Assert.Equal("string", await TypeAsync("--schema-profile", "plain"));
        _runtime.Environment["MCP_RUNTIME_SCHEMA_PROFILE"] = "gemini";
        Assert.Equal("object", await TypeAsync("--schema-profile", "full"));
        Assert.Equal("string", await TypeAsync());

        await using var session = new ServeSession(_runtime);
        var called = await session.AskAsync(ExposeTests.Call("tag_item", """{"labels":"{\"a\":1}"}"""));

        Assert.False(called.GetProperty("result").TryGetProperty("isError", out _));
        Assert.Equal("""{"a":1}""", upstream.Request.BodyText);
    }

    [Fact]
    public async Task Clients_are_asked_to_confirm_where_the_setting_says_so()
    {
        _runtime.AddConnector("shop", Manifest.Replace("URL", "https://shop.test", StringComparison.Ordinal));
        Assert.False(await IsConfirmedAsync());
        _runtime.Environment["MCP_RUNTIME_CONFIRM_DESTRUCTIVE"] = "true";
        Assert.True(await IsConfirmedAsync());

        async Task<bool> IsConfirmedAsync() =>
            (await ToolAsync()).GetProperty("_meta").TryGetProperty("anthropic/requiresUserInteraction", out _);
    }

    [Fact]
    public async Task A_wrong_word_is_refused()
    {
        var ended = await _runtime.RunAsync(
            ["serve", "--schema-profile", "openai"],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("'full', 'plain' or 'gemini', not 'openai'", ended.Error, StringComparison.Ordinal);
    }

    private async Task<string?> TypeAsync(params string[] options) =>
        (await ToolAsync(options))
            .GetProperty("inputSchema")
            .GetProperty("properties")
            .GetProperty("labels")
            .GetProperty("type")
            .GetString();

    private async Task<JsonElement> ToolAsync(params string[] options)
    {
        await using var session = new ServeSession(_runtime, options);
        var list = await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        return Assert.Single(list.GetProperty("result").GetProperty("tools").EnumerateArray()).Clone();
    }
}
