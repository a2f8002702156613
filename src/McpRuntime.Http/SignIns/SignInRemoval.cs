using McpRuntime.Credentials;
using McpRuntime.Http.SignIns.Connecting;

namespace McpRuntime.Http.SignIns;

/// <summary>Ends a sign-in: at its provider, where that can be done, and here in any case.</summary>
internal sealed class SignInRemoval(DatabaseSignInStore store, ConnectProviders providers)
{
    /// <returns>What became of it at its provider, for people; never a secret.</returns>
    /// <exception cref="McpRuntimeException">The database does not answer; the sign-in is still there.</exception>
    public async Task<string> EndAsync(CredentialKey key, string? project)
    {
        // Not cancelled with the request: a sign-in that was ended at its provider alone helps no one.
        var revoked = await RevokeAsync(key, project);
        await store.RemoveAsync(key, CancellationToken.None);
        return revoked;
    }

    private async Task<string> RevokeAsync(CredentialKey key, string? project)
    {
        try
        {
            using var current = await store.ReadAsync(key, CancellationToken.None);
            if (current?.RevocationUrl is null)
                return "Its provider has no way to end it from here.";
            var addresses = providers.AddressesOf(key, project);
            await providers.Flow.RevokeAsync(key.Connector, current, CancellationToken.None, addresses);
            return "Its provider has ended it.";
        }
        catch (McpRuntimeException exception)
        {
            return $"It could not be ended at its provider; do that in your account there. {exception.Message}";
        }
    }
}
