using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.SignIns;

/// <summary>
/// Sign-ins in the console's store, used by real processes: renewed once, kept over restarts, and never half-written
/// when a process is killed.
/// </summary>
public sealed class RefreshTests : IAsyncDisposable
{
    private static readonly CredentialKey Key = new("api", "oauth");

    private readonly McpRuntimeProcess _runtime = new();
    private readonly RecordingUpstream _api;
    private RotatingProvider _provider = new();

    public RefreshTests()
    {
        _api = RecordingUpstream.Start(request =>
            request.Header("Authorization") is [var sent] && sent == $"Bearer {_provider.Access}"
                ? UpstreamAnswer.Json("""{"answer":42}""")
                : UpstreamAnswer.Json("""{"error":"token"}""", 401)
        );
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "file";
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
        _runtime.Dispose();
    }

    [Fact]
    public async Task Of_twenty_processes_that_find_one_expired_token_one_renews_and_all_succeed()
    {
        await SignInAsync(isExpired: true);

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync()));

        Assert.All(calls, call => Assert.True(call.ExitCode == 0, call.ToString()));
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task A_token_that_the_API_refuses_is_renewed_and_the_next_process_goes_on()
    {
        await SignInAsync(access: "revoked");

        Assert.Equal(0, (await CallAsync()).ExitCode);
        Assert.Equal(0, (await CallAsync()).ExitCode);
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task Tokens_with_a_short_life_are_rotated_from_process_to_process()
    {
        await UseAsync(new RotatingProvider { Lifetime = 0 });
        await SignInAsync(isExpired: true);

        for (var i = 0; i < 3; i++)
            Assert.Equal(0, (await CallAsync()).ExitCode);

        Assert.Equal(["refresh-0", "refresh-1", "refresh-2"], _provider.Refreshes);
    }

    // The provider has used up the refresh token, and what it gave is lost with the process.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_kill_while_the_provider_answers_the_old_refresh_token_is_tried_once(bool hasReuseWindow)
    {
        await UseAsync(new RotatingProvider { HasReuseWindow = hasReuseWindow });
        await SignInAsync(isExpired: true);
        _provider.Hold();
        await KillAsync(() => _provider.Asked.WaitAsync(ProcessRunner.HangGuard, Token));
        _provider.Release();
        Assert.NotNull(await ReadAsync());

        var (first, second) = (await CallAsync(), await CallAsync());

        if (hasReuseWindow)
        {
            Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        }
        else
        {
            Assert.All([first, second], call =>
            {
                Assert.NotEqual(0, call.ExitCode);
                Assert.Contains("run: mcp-runtime login api", call.Out + call.Error, StringComparison.Ordinal);
            });
        }
        Assert.Equal(["refresh-0", "refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task After_a_kill_while_the_API_answers_the_token_is_in_the_store()
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
        await SignInAsync(isExpired: true, api: slow.Url);
        await KillAsync(() => reached.WaitAsync(ProcessRunner.HangGuard, Token));
        held.SetResult();

        Connect(_api.Url);
        Assert.Equal(0, (await CallAsync()).ExitCode);
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task A_lock_of_a_process_that_was_killed_is_released()
    {
        await SignInAsync(isExpired: true);
        _provider.Hold();
        // Waits for the lock that the first one holds.
        Task<ProcessOutput>? waiting = null;
        await KillAsync(async () =>
        {
            await _provider.Asked.WaitAsync(ProcessRunner.HangGuard, Token);
            waiting = CallAsync();
        });
        _provider.Release();

        var output = await waiting!;

        Assert.Contains("run: mcp-runtime login api", output.Out + output.Error, StringComparison.Ordinal);
        Assert.Equal(["refresh-0", "refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task No_token_is_outside_of_the_store()
    {
        await SignInAsync(isExpired: true);
        _runtime.Environment["MCP_RUNTIME_LOG_LEVEL"] = "trace";
        _runtime.Environment["MCP_RUNTIME_DEBUG"] = "true";
        var good = await CallAsync();
        _provider.Refuses = true;
        await SignInAsync(isExpired: true);
        var refused = await CallAsync();

        Assert.Equal(0, good.ExitCode);
        Assert.NotEqual(0, refused.ExitCode);
        foreach (var secret in (string[])["refresh-0", "refresh-1", "access-0", "access-1", "client-s3cret"])
        {
            Assert.DoesNotContain(
                secret,
                good.Out + good.Error + refused.Out + refused.Error,
                StringComparison.Ordinal
            );
            foreach (
                var file in Directory
                    .EnumerateFiles(_runtime.DataFolder, "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetDirectoryName(file) != Path.Combine(_runtime.DataFolder, "secrets"))
            )
                Assert.DoesNotContain(secret, await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        }
    }

    private async Task UseAsync(RotatingProvider provider)
    {
        await _provider.DisposeAsync();
        _provider = provider;
    }

    private Task<ProcessOutput> CallAsync() => _runtime.RunAsync(["call", "get_answer"], Token);

    private async Task KillAsync(Func<Task> moment)
    {
        using var process = _runtime.Start("call", "get_answer");
        process.StandardInput.Close();
        await moment();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(Token);
    }

    private async Task SignInAsync(bool isExpired = false, string access = "access-0", Uri? api = null)
    {
        Connect(api ?? _api.Url);
        var now = DateTimeOffset.UtcNow;
        using var signIn = new SignIn
        {
            Generation = SignIn.FirstGeneration(now),
            Stamp = Guid.NewGuid().ToString("N"),
            SignedInAt = now,
            ObtainedAt = now,
            ClientId = "client",
            ClientSecret = new Secret("client-s3cret"),
            AccessToken = new Secret(access),
            RefreshToken = new Secret("refresh-0"),
            ExpiresAt = isExpired ? now.AddMinutes(-1) : now.AddHours(1),
            TokenUrl = _provider.Url,
        };
        await Store().WriteAsync(Key, signIn, Token);
    }

    private async Task<SignIn?> ReadAsync() => await Store().ReadAsync(Key, Token);

    private LocalSignInStore Store()
    {
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = _runtime.ConnectorsFolder,
            DataFolder = _runtime.DataFolder,
            CredentialStore = CredentialStoreKind.File,
        };
        return StoredCredentialSource.SignIns(settings, ConsoleStores.Open(settings));
    }

    private void Connect(Uri api)
    {
        _runtime.AddConnector("api", SignInManifest.Of(api, _provider.Url.ToString(), _provider.Url.ToString()));
        var approvals =
            $$"""{"connectors":{"api":{"origins":{"{{api.GetLeftPart(UriPartial.Authority)}}":"2026-01-01T00:00:00Z"},"""
            + """ "private_hosts":{}}}}""";
        Directory.CreateDirectory(_runtime.DataFolder);
        File.WriteAllText(Path.Combine(_runtime.DataFolder, "approvals.json"), approvals);
    }
}
