namespace McpRuntime.Credentials.SignIns;

/// <summary>The access token of one sign-in in this process's memory, and the one renewal that is under way.</summary>
internal sealed class HeldToken : IDisposable
{
    private readonly Lock _gate = new();
    private Secret? _token;
    private string _stamp = "";
    private long _generation;
    private DateTimeOffset _goodUntil;
    private DateTimeOffset? _expiresAt;
    private Task? _work;
    private long _workRefused;
    private SignIn? _pending;

    /// <summary>A copy for the caller; null where there is none that is good.</summary>
    /// <param name="stamp">Of the sign-in that is meant; null for any.</param>
    /// <param name="refused">Generation of a token that the API refused.</param>
    /// <param name="now">The time.</param>
    public FetchedToken? Find(string? stamp, long refused, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_token is null || (stamp is not null && stamp != _stamp) || _generation <= refused || now >= _goodUntil)
                return null;
            return new FetchedToken(Secret.FromUtf8(_token.RevealUtf8()), _goodUntil)
            {
                Generation = _generation,
                ExpiresAt = _expiresAt,
            };
        }
    }

    /// <summary>The work that is under way for the same reason, or new work.</summary>
    public Task Share(Func<Task> start, long refused)
    {
        lock (_gate)
        {
            if (_work is null or { IsCompleted: true } || _workRefused < refused)
                (_work, _workRefused) = (start(), refused);
            return _work;
        }
    }

    /// <summary>Uses the token of a sign-in that the store has.</summary>
    public void Keep(SignIn signIn)
    {
        lock (_gate)
        {
            _token?.Dispose();
            _token = Secret.FromUtf8(signIn.AccessToken!.RevealUtf8());
            (_stamp, _generation) = (signIn.Stamp, signIn.Generation);
            (_goodUntil, _expiresAt) = (SignInLife.GoodUntil(signIn), signIn.ExpiresAt);
        }
    }

    /// <summary>Takes over what the provider gave, which the store does not have yet.</summary>
    public void Pend(SignIn renewed)
    {
        _pending?.Dispose();
        _pending = renewed;
    }

    /// <summary>
    /// Writes what the store does not have yet, and uses it. A store that fails is tried again at the next call: the
    /// refresh token before is of no use any more. Only under the store's lock.
    /// </summary>
    /// <returns>False where there was nothing to write, or a new sign-in has come instead.</returns>
    public async Task<bool> SaveAsync(ISignInStore store, CredentialKey key)
    {
        if (_pending is not { } pending)
            return false;
        bool isNewest;
        using (var current = await store.ReadAsync(key, CancellationToken.None))
            isNewest = current?.Stamp == pending.Stamp && current.Generation < pending.Generation;
        if (isNewest)
        {
            await store.WriteAsync(key, pending, CancellationToken.None);
            Keep(pending);
        }
        _pending = null;
        pending.Dispose();
        return isNewest;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _token?.Dispose();
            _pending?.Dispose();
        }
    }
}
