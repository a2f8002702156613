using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Network;

namespace McpRuntime.Http.SignIns;

/// <summary>The tokens of a sign-in, whose use is noted: those that no one uses for long are removed.</summary>
internal sealed class UsedSignIn(ISignInTokens inner, DatabaseSignInStore store, CredentialKey key) : ISignInTokens
{
    public ValueTask<FetchedToken> GetAsync(AddressPolicy addresses, long refused, CancellationToken cancellationToken)
    {
        store.NoteUse(key);
        return inner.GetAsync(addresses, refused, cancellationToken);
    }
}
