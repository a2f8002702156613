using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.SignIns;

/// <summary>
/// Sign-ins in a vault, used by real processes of pwsh: renewed once, and usable or clearly over wherever a process is
/// killed.
/// </summary>
public sealed class RefreshTests : IAsyncLifetime
{
    private readonly RecordingUpstream _api;
    private RotatingProvider _provider = new();
    private VaultProcesses _processes = null!;

    public RefreshTests() =>
        _api = RecordingUpstream.Start(request =>
            request.Header("Authorization") is [var sent] && sent == $"Bearer {_provider.Access}"
                ? UpstreamAnswer.Json("""{"answer":42}""")
                : UpstreamAnswer.Json("""{"error":"token"}""", 401)
        );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _processes = await VaultProcesses.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
        _processes.Dispose();
    }

    // Slow: twenty PowerShells take most of a minute on two cores.
    [Fact]
    public async Task Of_twenty_processes_that_find_one_expired_token_one_renews_and_all_succeed()
    {
        await SignInAsync();
        var started = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    _processes.StartAsync(
                        "Import-Module $env:TEST_MODULE; $null = Get-McpTool; 'ready'; $null = [Console]::ReadLine(); "
                            + VaultProcesses.Call
                    )
                )
        );
        try
        {
            foreach (var process in started)
                Assert.Equal(
                    "ready",
                    await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(ProcessRunner.HangGuard, Token)
                );
            foreach (var process in started)
                await process.StandardInput.WriteLineAsync("go".AsMemory(), Token);
            foreach (var process in started)
            {
                var answer = await process
                    .StandardOutput.ReadToEndAsync(Token)
                    .WaitAsync(ProcessRunner.HangGuard, Token);
                Assert.Equal("42", answer.Trim());
            }
        }
        finally
        {
            foreach (var process in started)
            {
                process.Kill(entireProcessTree: true);
                process.Dispose();
            }
        }
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    // The provider has used up the refresh token, and what it gave is lost with the process.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_kill_while_the_provider_answers_the_old_refresh_token_is_tried_once(bool hasReuseWindow)
    {
        await UseAsync(new RotatingProvider { HasReuseWindow = hasReuseWindow });
        await SignInAsync();
        _provider.Hold();
        await _processes.KillAsync(() => _provider.Asked.WaitAsync(ProcessRunner.HangGuard, Token));
        _provider.Release();

        await AssertAfterLossAsync(hasReuseWindow);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_kill_before_the_vault_writes_the_old_refresh_token_is_tried_once(bool hasReuseWindow)
    {
        await UseAsync(new RotatingProvider { HasReuseWindow = hasReuseWindow });
        await SignInAsync();
        _processes.Hold("before");
        await _processes.KillAsync(() => _processes.WaitAtAsync("before"));
        _processes.Release("before");

        await AssertAfterLossAsync(hasReuseWindow);
    }

    [Fact]
    public async Task After_a_kill_in_the_middle_of_a_write_the_error_says_how_to_sign_in_and_a_new_one_counts()
    {
        await SignInAsync();
        _processes.Hold("half");
        await _processes.KillAsync(() => _processes.WaitAtAsync("half"));
        _processes.Release("half");

        var call = await _processes.CallAsync();
        Assert.Equal(1, call.ExitCode);
        AssertSaysHow(call);
        Assert.Contains("not a whole sign-in", call.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-", call.Out + call.Error, StringComparison.Ordinal);

        await UseAsync(new RotatingProvider());
        await SignInAsync();
        Assert.Equal("42", (await _processes.CallAsync()).Out.Trim());
    }

    // The vault has the new tokens, and the record does not say so yet.
    [Fact]
    public async Task After_a_kill_between_vault_and_record_the_next_call_uses_what_the_vault_has()
    {
        await SignInAsync();
        _processes.Hold("after");
        await _processes.KillAsync(() => _processes.WaitAtAsync("after"));
        _processes.Release("after");

        Assert.Equal("42", (await _processes.CallAsync()).Out.Trim());
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task After_a_kill_while_the_API_answers_the_token_is_in_the_vault()
    {
        var reached = new SemaphoreSlim(0);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = RecordingUpstream.Start(
            async (_, connection, cancellationToken) =>
            {
                reached.Release();
                await held.Task.WaitAsync(cancellationToken);
                await connection.SendAsync(UpstreamAnswer.Json("{}"), cancellationToken);
            }
        );
        await SignInAsync(slow.Url);
        await _processes.KillAsync(() => reached.WaitAsync(ProcessRunner.HangGuard, Token));
        held.SetResult();

        _processes.Connect(_api.Url, _provider.Url, _provider.Url);
        var call = await _processes.RunAsync(
            "Import-Module $env:TEST_MODULE; Set-McpCredential api -Force; " + VaultProcesses.Call
        );
        Assert.Equal("42", call.Out.Trim());
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task Who_waits_for_a_renewal_goes_on_when_the_process_that_renews_is_killed()
    {
        await UseAsync(new RotatingProvider { HasReuseWindow = true });
        await SignInAsync();
        _provider.Hold();
        Task<ProcessOutput>? waiting = null;
        await _processes.KillAsync(async () =>
        {
            await _provider.Asked.WaitAsync(ProcessRunner.HangGuard, Token);
            waiting = _processes.CallAsync();
        });
        _provider.Release();

        Assert.Equal("42", (await waiting!).Out.Trim());
        Assert.Equal(["refresh-0", "refresh-0"], _provider.Refreshes);
    }

    private async Task AssertAfterLossAsync(bool hasReuseWindow)
    {
        var (first, second) = (await _processes.CallAsync(), await _processes.CallAsync());

        if (hasReuseWindow)
        {
            Assert.Equal(("42", "42"), (first.Out.Trim(), second.Out.Trim()));
        }
        else
        {
            Assert.All([first, second], call =>
            {
                Assert.Equal(1, call.ExitCode);
                AssertSaysHow(call);
            });
        }
        Assert.Equal(["refresh-0", "refresh-0"], _provider.Refreshes);
    }

    private static void AssertSaysHow(ProcessOutput call)
    {
        Assert.StartsWith("SignInRequired,", call.Out, StringComparison.Ordinal);
        Assert.Contains("run: Connect-McpConnector 'api'", call.Out, StringComparison.Ordinal);
    }

    private async Task UseAsync(RotatingProvider provider)
    {
        await _provider.DisposeAsync();
        _provider = provider;
    }

    private async Task SignInAsync(Uri? api = null)
    {
        _processes.Connect(api ?? _api.Url, _provider.Url, _provider.Url);
        await _processes.SignInAsync();
    }
}
