using McpRuntime.Network;

namespace McpRuntime.Credentials.SignIns;

/// <summary>The tokens of one sign-in of a store.</summary>
/// <param name="tokens">Renews them.</param>
/// <param name="store">Where it is.</param>
/// <param name="key">Which one.</param>
/// <param name="stamp"><see cref="SignIn.Stamp"/>.</param>
public sealed class StoredSignIn(SignInTokens tokens, ISignInStore store, CredentialKey key, string stamp)
    : ISignInTokens
{
    public ValueTask<FetchedToken> GetAsync(
        AddressPolicy addresses,
        long refused,
        CancellationToken cancellationToken
    ) => new(tokens.GetAsync(store, key, stamp, addresses, refused, cancellationToken));
}
