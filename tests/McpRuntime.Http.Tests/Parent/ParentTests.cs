using System.Diagnostics;
using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.Parent;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Parent;

/// <summary>A program that starts the gateway and answers its questions for credentials, over real pipes.</summary>
public sealed class ParentTests : IDisposable
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "mcp-runtime-http.exe" : "mcp-runtime-http");

    private readonly TemporaryFolder _home = new();
    private readonly CancellationTokenSource _guard =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public ParentTests() => _guard.CancelAfter(ProcessRunner.HangGuard);

    public void Dispose()
    {
        _guard.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task The_parent_is_asked_once_until_the_user_changes_a_credential_or_the_API_refuses_it()
    {
        var refuse = false;
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Json("{}", refuse ? 401 : 200));
        using var process = Start(upstream.Url);
        var errors = process.StandardError.ReadToEndAsync(_guard.Token);
        using var client = await GreetedAsync(process);
        var origin = upstream.Url.GetLeftPart(UriPartial.Authority);

        await AnsweredCallAsync(process, client, id => $$$"""{"answer":{{{id}}},"credential":{"value":"first-\u00fc"},"origins":["{{{origin}}}"]}""");
        await client.JsonAsync(Call("get_item", """{"id":7}"""));
        _home.Write("data/credentials.json", """{"connectors":{}}""");
        await AnsweredCallAsync(process, client, id => $$$"""{"answer":{{{id}}},"credential":{"value":"second"},"origins":["{{{origin}}}"]}""");
        refuse = true;
        await client.JsonAsync(Call("get_item", """{"id":7}"""));
        refuse = false;
        await AnsweredCallAsync(process, client, id => $$$"""{"answer":{{{id}}},"credential":{"value":"third"},"origins":["{{{origin}}}"]}""");
        process.StandardInput.Close();
        await process.WaitForExitAsync(_guard.Token);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(["first-Ã¼", "first-Ã¼", "second", "second", "third"], upstream.Requests.Select(request => request.Header("X-Key").Single()));
        Assert.DoesNotContain("second", await errors);
    }

    [Theory]
    [InlineData("""{"answer":ID}""", "needs a credential that is not set")]
    [InlineData("""{"answer":ID,"error":"The vault is locked."}""", "The vault is locked.")]
    [InlineData("""{"answer":ID,"credential":{"value":"k"},"origins":["https://other.example"]}""", "bound to https://other.example")]
    public async Task What_the_parent_cannot_give_is_told_to_the_caller(string answer, string said)
    {
        await using var upstream = Manifests.Upstream();
        using var process = Start(upstream.Url);
        using var client = await GreetedAsync(process);

        await process.StandardInput.WriteLineAsync("this is no answer");
        var reply = await AnsweredCallAsync(process, client, id => answer.Replace("ID", id, StringComparison.Ordinal));
        process.StandardInput.Close();
        await process.WaitForExitAsync(_guard.Token);

        Assert.Contains(said, reply.Text());
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task After_a_minute_the_parent_is_asked_again()
    {
        var time = new FrozenTime();
        using var questions = new MemoryStream();
        var answers = new System.IO.Pipelines.Pipe();
        using var parent = new ParentProgram(answers.Reader.AsStream(), questions);
        using var source = new ParentCredentialSource(parent, _home.Path, time);
        using var stop = new CancellationTokenSource();
        var listening = parent.ListenAsync(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, stop.Token);

        Assert.Equal("one", await FindAsync(1, "one"));
        Assert.Equal("one", await FindAsync(null, ""));
        time.Advance(ParentCredentialSource.Lifetime);
        Assert.Equal("two", await FindAsync(2, "two"));
        source.Refused("shop", "key");
        Assert.Equal("three", await FindAsync(3, "three"));
        await answers.Writer.CompleteAsync();
        await listening;

        async Task<string> FindAsync(int? question, string value)
        {
            var finding = source.FindAsync("shop", "key", _guard.Token);
            if (question is not null)
                await answers.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes($$$"""{"answer":{{{question}}},"credential":{"token":"{{{value}}}"}}""" + "\n"), _guard.Token);
            using var found = await finding;
            return found![CredentialField.Token]!.Reveal();
        }
    }

    private Process Start(Uri api)
    {
        _home.Write("connectors/shop.yaml", Manifests.Shop(api).Replace(
            "  tools:",
            "  security_schemes: { key: { type: api_key, location: header, key_name: X-Key } }\n  security: [ { key: [] } ]\n  tools:",
            StringComparison.Ordinal));
        return ProcessRunner.Start(
            Executable,
            ["--parent", "--port", "0"],
            new Dictionary<string, string?>
            {
                ["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data"),
                ["MCP_RUNTIME_CONNECTORS_DIR"] = _home.PathOf("connectors"),
                ["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8",
            },
            _home.Path);
    }

    private async Task<HttpClient> GreetedAsync(Process process)
    {
        var greeting = JsonElement.Parse((await process.StandardOutput.ReadLineAsync(_guard.Token))!);
        var client = new HttpClient { BaseAddress = new Uri(greeting.Text("url")) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", greeting.Text("token"));
        return client;
    }

    private async Task<JsonElement> AnsweredCallAsync(Process process, HttpClient client, Func<string, string> answer)
    {
        var call = client.JsonAsync(Call("get_item", """{"id":7}"""));
        var question = JsonElement.Parse((await process.StandardOutput.ReadLineAsync(_guard.Token))!);
        Assert.Equal(("shop", "key"), (question.Text("connector"), question.Text("scheme")));
        await process.StandardInput.WriteLineAsync(answer(question.Text("ask")).AsMemory(), _guard.Token);
        await process.StandardInput.FlushAsync(_guard.Token);
        return await call;
    }
}
