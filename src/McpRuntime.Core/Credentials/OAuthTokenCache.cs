using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Access tokens until shortly before they expire. Concurrent calls that need one token wait for one fetch; each gets a
/// copy of its own, so that clearing one's secrets does not touch another's.
/// </summary>
internal sealed class OAuthTokenCache(TokenEndpoint endpoint, TimeProvider time) : IDisposable
{
    // RFC 6749 section 5.1 leaves the lifetime open where expires_in is missing; a short one is never wrong for long.
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <param name="use">Which token.</param>
    /// <param name="client">The client's id, secret and refresh token; another client never gets this one's
    /// token.</param>
    /// <param name="addresses">Where the token endpoint may be.</param>
    /// <param name="refused">A token that the API refused: it is not handed out again.</param>
    /// <param name="cancellationToken">Waiting and fetching spend the call's own time.</param>
    public async Task<FetchedToken> GetAsync(
        TokenUse use,
        Credential client,
        AddressPolicy addresses,
        Secret? refused,
        CancellationToken cancellationToken
    )
    {
        var entry = _entries.GetOrAdd(Key(use, client), static _ => new Entry());
        var asked = Interlocked.Read(ref entry.Fetches);
        await entry.Turn.WaitAsync(cancellationToken);
        try
        {
            if (entry.Token is { } known && time.GetUtcNow() < entry.GoodUntil && !IsSame(known, refused))
                return Copy(known, entry.GoodUntil);
            // Anyone who waited while someone else was refused would only be refused as well.
            if (entry.Failure is { } failure && entry.FailedFetch > asked)
                throw new CallException(failure);
            // Servers may take a refresh token once only and give the next with the answer (RFC 6749 section 6).
            var refresh = client[CredentialField.RefreshToken] is { } first ? entry.Refresh ?? first : null;
            var fetch = Interlocked.Increment(ref entry.Fetches);
            var (token, granted, next) = await FetchAsync(
                entry,
                fetch,
                use,
                client,
                refresh,
                addresses,
                cancellationToken
            );
            entry.Token?.Dispose();
            entry.Token = token;
            if (next is not null)
            {
                entry.Refresh?.Dispose();
                entry.Refresh = next;
            }
            entry.GoodUntil = TokenLife.GoodUntil(time.GetUtcNow(), granted ?? UnknownLifetime);
            return Copy(token, entry.GoodUntil);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Token?.Dispose();
            entry.Refresh?.Dispose();
            entry.Turn.Dispose();
        }
    }

    private async Task<TokenGrant> FetchAsync(
        Entry entry,
        long fetch,
        TokenUse use,
        Credential client,
        Secret? refresh,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        try
        {
            entry.Failure = null;
            return await endpoint.FetchAsync(use, client, refresh, addresses, cancellationToken);
        }
        catch (McpRuntimeException refused)
        {
            (entry.Failure, entry.FailedFetch) = (refused.Message, fetch);
            throw;
        }
    }

    // The client is part of the key as a hash, so that a rotated secret fetches anew.
    private static string Key(TokenUse use, Credential client)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var field in (ReadOnlySpan<CredentialField>)
                [CredentialField.ClientId, CredentialField.ClientSecret, CredentialField.RefreshToken]
        )
        {
            if (client[field] is { } secret)
                hash.AppendData(secret.RevealUtf8());
            hash.AppendData([0]);
        }
        return string.Join(
            '\n',
            use.Connector,
            use.SchemeName,
            use.TokenUrl.OriginalString,
            string.Join(' ', use.Scopes),
            Convert.ToHexString(hash.GetHashAndReset())
        );
    }

    private static bool IsSame(Secret known, Secret? refused) =>
        refused is not null && CryptographicOperations.FixedTimeEquals(known.RevealUtf8(), refused.RevealUtf8());

    private static FetchedToken Copy(Secret token, DateTimeOffset goodUntil) =>
        new(Secret.FromUtf8(token.RevealUtf8()), goodUntil);

    private sealed class Entry
    {
        /// <summary>Fetches that were begun.</summary>
        public long Fetches;

        public SemaphoreSlim Turn { get; } = new(1);

        public Secret? Token { get; set; }

        public Secret? Refresh { get; set; }

        public DateTimeOffset GoodUntil { get; set; }

        /// <summary>Why the last fetch failed; null where it did not.</summary>
        public string? Failure { get; set; }

        /// <summary>Which one that was.</summary>
        public long FailedFetch { get; set; }
    }
}

/// <summary>A token of a token endpoint.</summary>
/// <param name="Secret">Its own copy for each who asks, to dispose.</param>
/// <param name="GoodUntil">From then on another one is to be fetched.</param>
public readonly record struct FetchedToken(Secret Secret, DateTimeOffset GoodUntil)
{
    /// <summary><see cref="SignIns.SignIn.Generation"/> of a sign-in's token; 0 for others.</summary>
    public long Generation { get; init; }

    /// <summary>When a sign-in's token ends, UTC; null where that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
