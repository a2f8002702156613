using System.Net;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;
using McpRuntime.Network;
using McpRuntime.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Tests.Credentials.SignIns;

/// <summary>Tokens of a sign-in are renewed once, stored before they are used, and never lost.</summary>
public sealed class SignInTokenTests : IAsyncDisposable
{
    private static readonly CredentialKey Key = new("box", "oauth");
    private static readonly AddressPolicy Loopback = new([IPNetwork.Parse("127.0.0.0/8")]);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedTime _time = new(Start);
    private readonly GuardedHttp _http = new();
    private readonly MemoryStore _secrets = new();
    private readonly RotatingProvider _provider = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_good_token_is_used_without_asking_its_provider()
    {
        await SignInAsync();

        Assert.Equal("access-0", await GetAsync(OpenStore()));
        Assert.Equal("access-0", await GetAsync(OpenStore()));
        Assert.Empty(_provider.Refreshes);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_the_next_refresh_token_is_kept()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromMinutes(59.6));

        Assert.Equal("access-1", await GetAsync(OpenStore()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("access-2", await GetAsync(OpenStore()));

        Assert.Equal(["refresh-0", "refresh-1"], _provider.Refreshes);
    }

    [Fact]
    public async Task A_bearer_token_may_be_called_by_whose_it_is()
    {
        await SignInAsync();
        _provider.TokenType = "user";
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("access-1", await GetAsync(OpenStore()));
        _provider.TokenType = "DPoP";
        _time.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAnyAsync<McpRuntimeException>(() => GetAsync(OpenStore()));
    }

    [Fact]
    public async Task A_token_that_the_API_refused_is_renewed_once_for_all_who_had_it()
    {
        await SignInAsync();
        var (one, other) = (OpenStore(), OpenStore());
        var refused = (await FetchAsync(one)).Generation;

        Assert.Equal("access-1", await GetAsync(one, refused));
        Assert.Equal("access-1", await GetAsync(other, refused));
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task Of_twenty_that_find_one_expired_token_one_renews()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(2));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => GetAsync(OpenStore()))));

        Assert.All(tokens, token => Assert.Equal("access-1", token));
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"access")]
    public async Task A_secret_that_another_process_is_writing_is_read_again_when_it_has_written(string half)
    {
        await SignInAsync();
        _secrets.IsBeingWritten(half, times: 1);

        Assert.Equal("access-0", await GetAsync(OpenStore()));
        // One that stays so was not written whole.
        _secrets.IsBeingWritten(half, times: 100);
        await Assert.ThrowsAsync<SignInRequiredException>(() => GetAsync(OpenStore()));
        Assert.Empty(_provider.Refreshes);
    }

    [Fact]
    public async Task Nothing_uses_a_token_that_the_store_does_not_have()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(2));
        var process = OpenStore();
        _secrets.Fails = true;

        await Assert.ThrowsAsync<McpRuntimeException>(() => GetAsync(process));
        await Assert.ThrowsAsync<McpRuntimeException>(() => GetAsync(process));
        _secrets.Fails = false;

        // The one refresh token is used up; what it gave was kept until the store took it.
        Assert.Equal("access-1", await GetAsync(process));
        Assert.Equal("access-1", await GetAsync(OpenStore()));
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_lose_the_answer()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(2));
        var process = OpenStore();
        _provider.Hold();
        using var ended = new CancellationTokenSource();
        var call = process.Tokens.GetAsync(process.Store, Key, "stamp", Loopback, -1, ended.Token);
        await _provider.Asked.WaitAsync(ProcessRunner.HangGuard, Token);

        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        _provider.Release();

        Assert.Equal("access-1", await GetAsync(process));
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task A_refresh_token_that_was_refused_is_tried_once_and_the_error_says_how_to_sign_in()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(2));
        _provider.Refuses = true;

        foreach (var process in (StoreUser[])[OpenStore(), OpenStore()])
        {
            var error = await Assert.ThrowsAsync<SignInRequiredException>(() => GetAsync(process));
            Assert.Contains("run: mcp-runtime login box", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("refresh-0", error.ToString(), StringComparison.Ordinal);
            Assert.Equal(CallErrorCode.SignInRequired, error.ErrorCode);
        }
        Assert.Equal(["refresh-0"], _provider.Refreshes);

        _provider.Refuses = false;
        await SignInAsync("second", "access-9", "refresh-9");
        Assert.Equal("access-9", await GetAsync(OpenStore(), stamp: "second"));
    }

    [Fact]
    public async Task A_provider_that_fails_for_another_reason_does_not_end_the_sign_in()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(2));
        _provider.IsDown = true;
        var error = await Assert.ThrowsAnyAsync<McpRuntimeException>(() => GetAsync(OpenStore()));
        Assert.IsNotType<SignInRequiredException>(error);

        _provider.IsDown = false;
        Assert.Equal("access-1", await GetAsync(OpenStore()));
    }

    [Fact]
    public async Task A_store_that_still_returns_the_sign_in_before_is_waited_for()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("access-1", await GetAsync(OpenStore()));
        _secrets.ReturnsOutdated(times: 2);

        var call = GetAsync(OpenStore());
        for (var i = 0; i < 2; i++)
        {
            await _time.Waits.WaitAsync(ProcessRunner.HangGuard, Token);
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal("access-1", await call);
        Assert.Equal(["refresh-0"], _provider.Refreshes);
    }

    [Fact]
    public async Task A_sign_in_without_a_refresh_token_ends_with_its_access_token()
    {
        await SignInAsync(refresh: null);
        _time.Advance(TimeSpan.FromHours(2));

        var error = await Assert.ThrowsAsync<SignInRequiredException>(() => GetAsync(OpenStore()));

        Assert.Contains("gave no refresh token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stored_says_nothing_when_it_is_printed()
    {
        await SignInAsync();
        using var stored = await OpenStore().Store.ReadAsync(Key, Token);

        Assert.Equal("*** (sign-in of ada@example.com)", stored!.ToString());
        Assert.DoesNotContain(
            "access-0",
            await File.ReadAllTextAsync(_folder.PathOf("console-credentials.json"), Token)
        );
    }

    private async Task SignInAsync(string stamp = "stamp", string access = "access-0", string? refresh = "refresh-0")
    {
        using var signIn = new SignIn
        {
            Generation = SignIn.FirstGeneration(_time.GetUtcNow()),
            Stamp = stamp,
            SignedInAt = _time.GetUtcNow(),
            ObtainedAt = _time.GetUtcNow(),
            ClientId = "client",
            AccessToken = new Secret(access),
            RefreshToken = refresh is null ? null : new Secret(refresh),
            ExpiresAt = _time.GetUtcNow() + TimeSpan.FromHours(1),
            TokenUrl = _provider.Url,
            Account = "ada@example.com",
            Scopes = ["read"],
        };
        await OpenStore().Store.WriteAsync(Key, signIn, Token);
    }

    private StoreUser OpenStore()
    {
        var settings = new RuntimeSettings { ConnectorsFolder = "none", DataFolder = _folder.Path };
        return new StoreUser(StoredCredentialSource.SignIns(settings, _secrets, _time), new SignInTokens(_http, _time));
    }

    private static async Task<FetchedToken> FetchAsync(StoreUser process, long refused = -1, string stamp = "stamp") =>
        await process.Tokens.GetAsync(process.Store, Key, stamp, Loopback, refused, Token);

    private static async Task<string> GetAsync(StoreUser process, long refused = -1, string stamp = "stamp")
    {
        using var token = (await FetchAsync(process, refused, stamp)).Secret;
        return token.Reveal();
    }

    /// <summary>What a process of its own would have: nothing in memory.</summary>
    private sealed record StoreUser(LocalSignInStore Store, SignInTokens Tokens);

    /// <summary>Says when someone has begun to wait for a quarter of a second.</summary>
    private sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public SemaphoreSlim Waits { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == TimeSpan.FromMilliseconds(250))
                Waits.Release();
            return timer;
        }
    }

    private sealed class MemoryStore : ISecretStore
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, List<byte[]>> _all = new();
        private int _outdated;
        private int _halves;
        private string _half = "";

        public string Kind => "memory";

        public string Description => "the memory";

        public bool Fails { get; set; }

        /// <summary>The next reads find part of a secret, or none where it is empty.</summary>
        public void IsBeingWritten(string half, int times) => (_half, _halves) = (half, times);

        public void ReturnsOutdated(int times) => _outdated = times;

        public ValueTask<Secret?> ReadAsync(string name, CancellationToken cancellationToken)
        {
            if (!_all.TryGetValue(name, out var versions))
                return ValueTask.FromResult<Secret?>(null);
            if (Interlocked.Decrement(ref _halves) >= 0)
                return ValueTask.FromResult(_half.Length == 0 ? null : new Secret(_half));
            var isOld = versions.Count > 1 && Interlocked.Decrement(ref _outdated) >= 0;
            return ValueTask.FromResult<Secret?>(Secret.FromUtf8(versions[isOld ? ^2 : ^1]));
        }

        public ValueTask WriteAsync(string name, Secret content, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new McpRuntimeException("The memory is full.");
            _all.GetOrAdd(name, _ => []).Add(content.RevealUtf8().ToArray());
            return ValueTask.CompletedTask;
        }

        public ValueTask RemoveAsync(string name, CancellationToken cancellationToken)
        {
            _all.TryRemove(name, out _);
            return ValueTask.CompletedTask;
        }
    }
}
