namespace McpRuntime.Credentials.SignIns;

/// <summary>Where sign-ins are kept, for all processes that use them.</summary>
public interface ISignInStore
{
    /// <summary>For messages, e.g. <c>the vault 'Store'</c> or <c>the keyring</c>.</summary>
    string Description { get; }

    /// <summary>How a user signs in again, e.g. <c>run: mcp-runtime login box</c>.</summary>
    string HowToSignIn(CredentialKey key);

    /// <summary>The sign-in, for the caller to dispose; null where there is none.</summary>
    /// <exception cref="McpRuntimeException">The store is there but cannot be read.</exception>
    ValueTask<SignIn?> ReadAsync(CredentialKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until no other process renews this sign-in, and keeps others from it until it is disposed, or the process
    /// dies.
    /// </summary>
    Task<IAsyncDisposable> LockAsync(CredentialKey key, CancellationToken cancellationToken);

    /// <summary>Keeps a sign-in in the place of the one before. It is durable when this ends.</summary>
    /// <exception cref="McpRuntimeException">The store cannot be written.</exception>
    Task WriteAsync(CredentialKey key, SignIn signIn, CancellationToken cancellationToken);

    /// <summary>Forgets a sign-in; one that is not there is no error.</summary>
    /// <exception cref="McpRuntimeException">The store cannot be written.</exception>
    Task RemoveAsync(CredentialKey key, CancellationToken cancellationToken);
}
