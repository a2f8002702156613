using System.Collections.Concurrent;
using System.Data.Common;

namespace McpRuntime.Http.Tokens;

/// <summary>
/// Verifies API tokens. What the database said is believed for <see cref="Fresh"/>, so that a call costs no query and
/// a revocation by another process holds after that time; while the database cannot be asked, for
/// <see cref="Stale"/>.
/// </summary>
internal sealed class TokenVerifier(TokenStore store, TimeProvider time, ILogger<TokenVerifier> logger)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    // Only tokens that exist are kept, so guesses cannot fill it.
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private ApiToken? _bootstrap;

    /// <summary>Makes the token of this start, which is kept in memory only.</summary>
    public string CreateBootstrap()
    {
        var (id, text, hash) = TokenSecret.Create();
        _bootstrap = new ApiToken(id, "bootstrap", hash, [Access.Role.AdminName], time.GetUtcNow(), null, null);
        return text;
    }

    /// <summary>The token behind a text that is valid now; null for any other.</summary>
    /// <exception cref="DbException">The database cannot be asked, and the token is not known from before.</exception>
    public async ValueTask<ApiToken?> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (TokenSecret.IdOf(text) is not { } id)
            return null;
        var token = id == _bootstrap?.Id ? _bootstrap : await FindAsync(id, cancellationToken);
        return token is not null && TokenSecret.Matches(text, token.Hash) && token.IsValidAt(time.GetUtcNow()) ? token : null;
    }

    /// <summary>Asks again at the next use, after a revocation through this process.</summary>
    public void Forget(string id) => _known.TryRemove(id, out _);

    private async ValueTask<ApiToken?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isKnown = _known.TryGetValue(id, out var known);
        if (isKnown && now - known!.Asked < Fresh)
            return known.Token;
        ApiToken? token;
        try
        {
            token = await store.FindAsync(id, cancellationToken);
        }
        catch (DbException exception) when (isKnown && now - known!.Asked < Stale)
        {
            logger.LogWarning(exception, "The database cannot be asked; token {Id} is believed from before.", id);
            return known.Token;
        }
        if (token is null)
            Forget(id);
        else
            _known[id] = new Known(token, now);
        return token;
    }

    private sealed record Known(ApiToken Token, DateTimeOffset Asked);
}
