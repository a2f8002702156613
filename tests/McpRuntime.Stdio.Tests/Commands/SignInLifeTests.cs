using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>A sign-in from its begin to its end with a real provider; each command is a process of its own.</summary>
public sealed class SignInLifeTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public SignInLifeTests()
    {
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "file";
    }

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task Signed_in_once_calls_go_on_past_expiry_until_the_sign_out(int leeway)
    {
        await using var provider = await ProviderProcess.StartAsync(Token, life: 1, leeway);
        _runtime.AddConnector("notes", provider.Manifest("notes"));
        var before = await CallAsync();
        Assert.True(before.ExitCode == 1, before.ToString());
        Assert.Contains("mcp-runtime login notes", before.Error, StringComparison.Ordinal);

        await SignInAsync();
        // The second renewal has to send the refresh token that the first brought.
        do await CallWellAsync();
        while (await provider.CountAsync("refresh_token", Token) < 2);

        var logout = await _runtime.RunAsync(["logout", "notes"], Token);
        var after = await CallAsync();

        Assert.True(logout.ExitCode == 0, logout.ToString());
        Assert.Equal(1, await provider.CountAsync("revoked", Token));
        Assert.True(after.ExitCode == 1, after.ToString());
        Assert.Contains("mcp-runtime login notes", after.Error, StringComparison.Ordinal);
        Assert.Equal(0, await provider.CountAsync("refresh_token refused", Token));
    }

    [Fact]
    public async Task Calls_at_once_by_many_processes_renew_a_token_that_the_api_refuses_once()
    {
        await using var provider = await ProviderProcess.StartAsync(Token);
        _runtime.AddConnector("notes", provider.Manifest("notes"));
        await SignInAsync();
        await CallWellAsync();
        await provider.ExpireAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CallWellAsync()));

        // Without a leeway, a refresh token that is sent twice ends the sign-in.
        Assert.Equal(1, await provider.CountAsync("refresh_token", Token));
        Assert.Equal(0, await provider.CountAsync("refresh_token refused", Token));
    }

    [Fact]
    public async Task Device_code_signs_in_where_the_user_confirms_it_elsewhere()
    {
        await using var provider = await ProviderProcess.StartAsync(Token);
        _runtime.AddConnector("notes", provider.Manifest("notes"));
        using var process = _runtime.Start(
            "login",
            "notes",
            "--device-code",
            "--yes",
            "--scope",
            "openid",
            "--scope",
            "offline_access"
        );
        process.StandardInput.Close();
        var shown = "";
        var complete = $"{provider.Url}connect/verify?user_code=";
        while (!shown.Contains(complete, StringComparison.Ordinal))
        {
            var line = await process.StandardError.ReadLineAsync(Token);
            shown += (line ?? throw new InvalidOperationException(shown)) + "\n";
        }
        using (var browser = new HttpClient())
        {
            var start = shown.IndexOf(complete, StringComparison.Ordinal);
            var url = shown[start..].Split([' ', '\n'])[0];
            Assert.Equal("Provider of the tests", await browser.GetStringAsync(new Uri(url), Token));
        }
        var error = shown + await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token).WaitAsync(ProcessRunner.HangGuard, Token);

        Assert.True(process.ExitCode == 0, error);
        await provider.ExpireAsync(Token);
        var call = await CallAsync();
        Assert.True(call.ExitCode == 0, call.ToString());
    }

    private async Task SignInAsync()
    {
        using var login = await LoginProcess.WaitAsync(
            _runtime.Start(
                "login",
                "notes",
                "--no-browser",
                "--yes",
                "--scope",
                "openid",
                "--scope",
                "offline_access",
                "--scope",
                "email"
            ),
            Token
        );
        await login.VisitAsync(Token);
        var output = await login.EndAsync(Token);
        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("Signed in to 'notes' as ada@example.com", output.Out, StringComparison.Ordinal);
    }

    private async Task CallWellAsync()
    {
        var call = await CallAsync();
        Assert.True(call.ExitCode == 0, call.ToString());
        Assert.Contains("ada@example.com", call.Out, StringComparison.Ordinal);
    }

    private Task<ProcessOutput> CallAsync() =>
        _runtime.RunAsync(["call", "find_notes", "--arguments", """{"folder":"work"}"""], Token);
}
