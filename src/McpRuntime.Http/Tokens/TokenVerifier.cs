using McpRuntime.Http.Access;

namespace McpRuntime.Http.Tokens;

/// <summary>Verifies API tokens against what <see cref="TokenCache"/> knows of them.</summary>
internal sealed class TokenVerifier(TokenCache cache, TimeProvider time)
{
    private ApiToken? _parent;

    /// <summary>A token that was in use is refused from now on; its id.</summary>
    public event Action<string>? Refused
    {
        add => cache.Refused += value;
        remove => cache.Refused -= value;
    }

    /// <summary>Makes the token of this start, which is kept in memory only.</summary>
    public string CreateForParent()
    {
        var (id, text, hash) = TokenSecret.Create();
        _parent = new ApiToken(id, "parent", hash, [Access.Role.AdminName], time.GetUtcNow(), null, null);
        return text;
    }

    /// <summary>The token behind a text that is valid now; null for any other.</summary>
    /// <exception cref="IOException">The token is not known from before, and the database does not answer.</exception>
    public async ValueTask<ApiToken?> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (TokenSecret.IdOf(text) is not { } id)
            return null;
        return await FindAsync(id, cancellationToken) is { } token && TokenSecret.Matches(text, token.Hash)
            ? token
            : null;
    }

    /// <summary>The token of an id that is valid now; null for any other. Its text was verified before.</summary>
    /// <exception cref="IOException">As <see cref="VerifyAsync"/>.</exception>
    public async ValueTask<ApiToken?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var token = id == _parent?.Id ? _parent : await cache.FindAsync(id, cancellationToken);
        return token?.IsValidAt(time.GetUtcNow()) == true ? token : null;
    }

    /// <summary>Whether a token that was verified is still valid, as far as is known without asking.</summary>
    public bool IsStillValid(ApiToken token) => token.IsValidAt(time.GetUtcNow()) && !cache.IsRefused(token.Id);

    /// <summary>Refuses a token from now on, at every replica, after its revocation in the database.</summary>
    public Task RefuseAsync(string id, CancellationToken cancellationToken) => cache.RefuseAsync(id, cancellationToken);
}
