using System.Collections.Concurrent;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials.SignIns;

/// <summary>
/// The access tokens of sign-ins: from memory while they are good, else from the store, where another process may have
/// renewed them, else renewed. Of all processes that share a store one renews and the others wait for it.
/// </summary>
/// <param name="http">The connections; not disposed here.</param>
/// <param name="time">The clock.</param>
public sealed class SignInTokens(GuardedHttp http, TimeProvider time) : IDisposable
{
    // A renewal whose answer is not awaited would lose a refresh token that is good for one use. So it is never
    // cancelled, only bounded.
    private static readonly TimeSpan RenewalLimit = TimeSpan.FromSeconds(60);

    private readonly TokenEndpoint _endpoint = new(http);
    private readonly ConcurrentDictionary<(ISignInStore Store, CredentialKey Key), HeldToken> _held = new();

    /// <param name="store">Where the sign-in is.</param>
    /// <param name="key">Which one.</param>
    /// <param name="stamp"><see cref="SignIn.Stamp"/> of the one that is meant: after a new sign-in, tokens of the one
    /// before are not used.</param>
    /// <param name="addresses">Where the token endpoint may be.</param>
    /// <param name="refused">See <see cref="ISignInTokens.GetAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not a renewal.</param>
    /// <exception cref="SignInRequiredException">Only a new sign-in helps.</exception>
    /// <exception cref="McpRuntimeException">The store or the token endpoint failed.</exception>
    public async Task<FetchedToken> GetAsync(
        ISignInStore store,
        CredentialKey key,
        string stamp,
        AddressPolicy addresses,
        long refused,
        CancellationToken cancellationToken
    )
    {
        var held = _held.GetOrAdd((store, key), static _ => new HeldToken());
        if (held.Find(stamp, refused, time.GetUtcNow()) is { } known)
            return known;
        var work = held.Share(() => Task.Run(() => RefillAsync(held, store, key, addresses, refused)), refused);
        await work.WaitAsync(cancellationToken);
        // Whatever the store has now counts, also a new sign-in, and a token whose life is shorter than its margin.
        return held.Find(stamp: null, refused, DateTimeOffset.MinValue)
            ?? throw Required(store, key, "The API refused its access token, and it cannot be renewed.");
    }

    public void Dispose()
    {
        foreach (var held in _held.Values)
            held.Dispose();
    }

    private async Task RefillAsync(
        HeldToken held,
        ISignInStore store,
        CredentialKey key,
        AddressPolicy addresses,
        long refused
    )
    {
        if (await TakeAsync(held, store, key, refused, isAlone: false))
            return;
        using var limit = new CancellationTokenSource(RenewalLimit, time);
        await using var turn = await store.LockAsync(key, limit.Token);
        if (await held.SaveAsync(store, key) || await TakeAsync(held, store, key, refused, isAlone: true))
            return;
        using var current = await store.ReadAsync(key, CancellationToken.None) ?? throw Missing(store, key);
        await RenewAsync(held, store, key, current, addresses, limit.Token);
    }

    // Another process may have renewed it.
    private async Task<bool> TakeAsync(
        HeldToken held,
        ISignInStore store,
        CredentialKey key,
        long refused,
        bool isAlone
    )
    {
        using var current = await FindAsync(store, key, isAlone);
        if (current is null)
            return false;
        if (current.IsRefused)
            throw Required(store, key, "Its provider has ended the sign-in.");
        if (
            current.Generation <= refused
            || current.AccessToken is null
            || SignInLife.IsOver(current, time.GetUtcNow())
        )
            return false;
        held.Keep(current);
        return true;
    }

    // A store that does not replace a secret in one step may be read while another process writes it: that it is
    // missing or not whole counts only under the lock.
    private static async Task<SignIn?> FindAsync(ISignInStore store, CredentialKey key, bool isAlone)
    {
        try
        {
            return await store.ReadAsync(key, CancellationToken.None) ?? throw Missing(store, key);
        }
        catch (SignInRequiredException) when (!isAlone)
        {
            return null;
        }
    }

    private async Task RenewAsync(
        HeldToken held,
        ISignInStore store,
        CredentialKey key,
        SignIn current,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        if (current.RefreshToken is null || current.TokenUrl is null)
            throw Required(store, key, "Its access token is no longer good, and the provider gave no refresh token.");
        TokenGrant grant;
        try
        {
            grant = await AskAsync(key, current, addresses, cancellationToken);
        }
        catch (TokenRefusedException refused)
        {
            // So that no other process sends it again.
            using var ended = current.Refused();
            await store.WriteAsync(key, ended, CancellationToken.None);
            throw Required(store, key, $"Its provider refused to renew it: {refused.Message}");
        }
        catch (OperationCanceledException)
        {
            throw new McpRuntimeException(
                $"The token endpoint {Origin.Of(new Uri(current.TokenUrl))} of {key.Label} did not answer within "
                    + $"{RenewalLimit.TotalSeconds:0} s. Try again."
            );
        }
        using (grant.Token)
        using (grant.Refresh)
        {
            var now = time.GetUtcNow();
            held.Pend(current.Renewed(grant.Token, grant.Lifetime is { } life ? now + life : null, grant.Refresh, now));
        }
        // Nothing uses the new token before the store has it.
        await held.SaveAsync(store, key);
    }

    private Task<TokenGrant> AskAsync(
        CredentialKey key,
        SignIn current,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        var scheme = new OAuth2Scheme
        {
            TokenUrl = current.TokenUrl,
            ClientAuthentication = current.ClientAuthentication,
            Extra = current.Extra,
        };
        var url = new Uri(current.TokenUrl!);
        if (!Origin.Of(url).MayCarryCredentials)
            throw new McpRuntimeException(
                $"The token endpoint of {key.Label} is at {Origin.Of(url)}: over plain http, anyone on the network "
                    + $"could read its tokens. Sign in again with an https endpoint."
            );
        var use = new TokenUse(key.Connector, key.Scheme, scheme, [], url);
        return _endpoint.RenewAsync(use, current, addresses, cancellationToken);
    }

    private static SignInRequiredException Missing(ISignInStore store, CredentialKey key) =>
        new(key, $"{key.Label} needs a sign-in; nothing was sent. To sign in, {store.HowToSignIn(key)}");

    private static SignInRequiredException Required(ISignInStore store, CredentialKey key, string why) =>
        new(
            key,
            $"The sign-in '{key.Scheme}' of {key.Label} is no longer good. {why} Nothing was sent. To sign in again, "
                + store.HowToSignIn(key)
        );
}
