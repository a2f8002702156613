using System.Diagnostics;
using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>What a user types at a real terminal when a secret is asked for.</summary>
public sealed class TerminalPromptTests : IDisposable
{
    private const string Typed = "zq-typed-at-the-terminal";

    private readonly McpRuntimeProcess _runtime = new();
    private readonly StringBuilder _shown = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public TerminalPromptTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "Needs script of util-linux.");
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
    }

    public void Dispose() => _runtime.Dispose();

    // Else nothing below would be a test.
    [Fact]
    public async Task Terminal_of_these_tests_shows_what_is_typed()
    {
        using var process = _runtime.StartOnTerminal("sh", "-c", "echo ask: && read line");

        await AnswerAsync(process, "ask:", $"{Typed}\n");

        Assert.Equal(0, await EndAsync(process));
        Assert.Contains(Typed, _shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_is_not_shown_while_it_is_typed()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        using var process = _runtime.StartOnTerminal(McpRuntimeProcess.Executable, "credentials", "set", "notes");

        await AnswerAsync(process, "value (not shown): ", $"{Typed}xy\x7f\x7f\r");

        Assert.True(await EndAsync(process) == 0, _shown.ToString());
        Assert.DoesNotContain(Typed, _shown.ToString(), StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_runtime.DataFolder, "secrets")));
        Assert.Contains($"\"{Typed}\"", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_is_shown_and_password_is_not()
    {
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "{ type: api_key, location: header, key_name: X-Key }",
                    "{ type: basic }",
                    StringComparison.Ordinal
                )
        );
        using var process = _runtime.StartOnTerminal(McpRuntimeProcess.Executable, "credentials", "set", "notes");

        await AnswerAsync(process, "username: ", "ann\r");
        await AnswerAsync(process, "password (not shown): ", $"{Typed}\r");

        Assert.True(await EndAsync(process) == 0, _shown.ToString());
        Assert.Contains("username: ann", _shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, _shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_secret_of_a_login_is_not_shown_while_it_is_typed()
    {
        await using var provider = new StandInProvider();
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "key: { type: api_key, location: header, key_name: X-Key }",
                    $"key: {{ type: oauth2, flows: [authorization_code], provider: box, client_id: my-client, authorization_url: '{provider.Issuer}/authorize', token_url: '{provider.Issuer}/token', revocation_url: '{provider.Issuer}/revoke' }}",
                    StringComparison.Ordinal
                )
        );
        using var process = _runtime.StartOnTerminal(
            McpRuntimeProcess.Executable,
            "login",
            "notes",
            "--no-browser",
            "--yes"
        );

        await AnswerAsync(process, "Client secret (not shown; empty for none): ", $"{Typed}\r");
        var url = await ReadUntilAsync(process, "/start/", upToLineEnd: true);
        using (var browser = new HttpClient())
            await browser.GetStringAsync(new Uri(url), Token);

        Assert.True(await EndAsync(process) == 0, _shown.ToString());
        Assert.DoesNotContain(Typed, _shown.ToString(), StringComparison.Ordinal);
        var request = Assert.Single(provider.Requests, request => request.Target == "/token");
        Assert.Contains($"client_secret={Typed}", request.BodyText, StringComparison.Ordinal);
    }

    private async Task AnswerAsync(Process process, string question, string keys)
    {
        await ReadUntilAsync(process, question);
        await process.StandardInput.WriteAsync(keys.AsMemory(), Token);
        await process.StandardInput.FlushAsync(Token);
    }

    /// <returns>The last line so far.</returns>
    private async Task<string> ReadUntilAsync(Process process, string text, bool upToLineEnd = false)
    {
        var one = new char[1];
        while (true)
        {
            var shown = _shown.ToString();
            if (shown.Contains(text, StringComparison.Ordinal) && (!upToLineEnd || shown.EndsWith('\n')))
                return shown.TrimEnd().Split('\n')[^1].Trim();
            var read = await process
                .StandardOutput.ReadAsync(one, Token)
                .AsTask()
                .WaitAsync(ProcessRunner.HangGuard, Token);
            if (read == 0)
                throw new InvalidOperationException(shown);
            _shown.Append(one[0]);
        }
    }

    private async Task<int> EndAsync(Process process)
    {
        _shown.Append(await process.StandardOutput.ReadToEndAsync(Token).WaitAsync(ProcessRunner.HangGuard, Token));
        await process.WaitForExitAsync(Token).WaitAsync(ProcessRunner.HangGuard, Token);
        return process.ExitCode;
    }
}
