using System.Diagnostics;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>A program that started the gateway and has the credentials.</summary>
public sealed class ParentTests : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "mcp-runtime-http.exe" : "mcp-runtime-http");

    private readonly TemporaryFolder _home = new();
    private readonly RecordingUpstream _upstream = RecordingUpstream.Start(
        UpstreamAnswer.Json("{}"), UpstreamAnswer.Json("{}", status: 401), UpstreamAnswer.Json("{}"));

    private readonly CancellationTokenSource _guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Process _process;

    public ParentTests()
    {
        _guard.CancelAfter(ProcessRunner.HangGuard);
        _home.Write("connectors/shop.yaml", $$"""
            connector:
              manifest_version: 2
              name: shop
              version: 1.0.0
              base_url: {{_upstream.Url}}
              security_schemes: { key: { type: api_key, location: header, key_name: X-Key } }
              security: [ { key: [] } ]
              tools:
              - name: look
                description: Looks.
                endpoint: GET /look
                arguments: {}
                input_schema: { type: object }
            """);
        _process = ProcessRunner.Start(Executable, ["--parent", "--port", "0"], new Dictionary<string, string?>
        {
            ["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data"),
            ["MCP_RUNTIME_CONNECTORS_DIR"] = _home.PathOf("connectors"),
            ["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32",
        }, _home.Path);
        _process.ErrorDataReceived += (_, line) => Log += line.Data + "\n";
        _process.BeginErrorReadLine();
    }

    private string Log { get; set; } = "";

    [Fact]
    public async Task Is_asked_for_a_credential_at_every_call_and_hears_that_it_was_refused()
    {
        using var client = await GreetAsync();

        var first = CallAsync(client);
        await AnswerAsync(await NextAsync(), "k-1");
        Assert.False((await first).GetProperty("isError").GetBoolean());
        var second = CallAsync(client);
        await AnswerAsync(await NextAsync(), "k-2");
        Assert.True((await second).GetProperty("isError").GetBoolean());
        var refused = await NextAsync();

        Assert.Equal(["k-1", "k-2"], _upstream.Requests.Select(request => request.Header("X-Key").Single()));
        Assert.Equal(("shop", "key", true), (refused.Text("connector"), refused.Text("scheme"), refused.GetProperty("refused").GetBoolean()));
        Assert.DoesNotContain("k-1", Log);
    }

    [Fact]
    public async Task Says_why_it_has_none_and_the_call_says_so()
    {
        using var client = await GreetAsync();

        var call = CallAsync(client);
        var id = (await NextAsync()).GetProperty("id").GetInt64();
        await SayAsync($$"""{"id":{{id}},"error":"The vault 'Team' is locked."}""");
        var none = await call;
        var other = CallAsync(client);
        await SayAsync($$"""{"id":{{(await NextAsync()).GetProperty("id").GetInt64()}}}""");
        var unset = await other;

        Assert.Contains("The vault 'Team' is locked.", none.GetRawText());
        Assert.Contains("needs a credential that is not set", unset.GetRawText());
        Assert.Empty(_upstream.Requests);
    }

    [Fact]
    public async Task Whatever_else_it_says_does_no_harm()
    {
        using var client = await GreetAsync();
        await SayAsync("what? [1] {\"id\":99,\"fields\":{\"value\":\"x\"}}");
        await SayAsync("""{"id":98,"fields":{"value":"x"}}""");

        var call = CallAsync(client);
        await AnswerAsync(await NextAsync(), "k-1");
        await call;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(_guard.Token);

        Assert.Equal(0, _process.ExitCode);
        Assert.Equal(["k-1"], _upstream.Request.Header("X-Key"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _guard.Dispose();
        await _upstream.DisposeAsync();
        _home.Dispose();
    }

    private async Task<HttpClient> GreetAsync()
    {
        var greeting = await NextAsync();
        var client = new HttpClient { BaseAddress = new Uri(greeting.Text("url")) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", greeting.Text("token"));
        return client;
    }

    private async Task<JsonElement> NextAsync() => JsonElement.Parse((await _process.StandardOutput.ReadLineAsync(_guard.Token))!);

    private Task<JsonElement> CallAsync(HttpClient client) => client.SendAsync("POST", "/v1/tools/look", "{}");

    private Task AnswerAsync(JsonElement question, string value) =>
        SayAsync($$"""{"id":{{question.GetProperty("id").GetInt64()}},"source":"test","origins":["{{_upstream.Url.GetLeftPart(UriPartial.Authority)}}"],"fields":{"value":"{{value}}"}}""");

    private async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync(_guard.Token);
    }
}
