using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.SignIns.Connecting;

namespace McpRuntime.Http.SignIns;

/// <summary>Ends a sign-in: here in any case, and at its provider where that can be done.</summary>
internal sealed class SignInRemoval(DatabaseSignInStore store, ConnectProviders providers)
{
    // A provider that does not answer must not hold up the others.
    private static readonly TimeSpan ProviderLimit = TimeSpan.FromSeconds(10);

    /// <returns>What became of it at its provider, for people, never a secret; null where there was none.</returns>
    /// <exception cref="McpRuntimeException">The database does not answer; the sign-in is still there.</exception>
    public async Task<string?> EndAsync(CredentialKey key)
    {
        // Not cancelled with the request: what is removed here must not live on at its provider.
        var (isFound, signIn) = await store.TakeAsync(key, CancellationToken.None);
        using (signIn)
            return isFound ? await RevokeAsync(key, signIn) : null;
    }

    /// <summary>As <see cref="EndAsync"/>, of one that counts for no call any more.</summary>
    public async Task<string?> EndEndedAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        var (isFound, signIn) = await store.TakeEndedAsync(key, cancellationToken);
        using (signIn)
            return isFound ? await RevokeAsync(key, signIn) : null;
    }

    private async Task<string> RevokeAsync(CredentialKey key, SignIn? signIn)
    {
        if (signIn is null)
            return "It could not be decrypted, and so not be ended at its provider.";
        if (signIn.RevocationUrl is null)
            return "Its provider has no way to end it from here.";
        using var limit = new CancellationTokenSource(ProviderLimit);
        try
        {
            var addresses = providers.AddressesOf(key, key.Project());
            await providers.Flow.RevokeAsync(key.Connector, signIn, limit.Token, addresses);
            return "Its provider has ended it.";
        }
        catch (OperationCanceledException)
        {
            return "It could not be ended at its provider, which did not answer; do that in the account there.";
        }
        catch (McpRuntimeException exception)
        {
            return $"It could not be ended at its provider; do that in the account there. {exception.Message}";
        }
    }
}
