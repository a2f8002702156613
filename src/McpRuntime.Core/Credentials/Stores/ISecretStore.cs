namespace McpRuntime.Credentials.Stores;

/// <summary>A place for secrets, each under a name of its own.</summary>
public interface ISecretStore
{
    /// <summary>The kind of place, as records name it: <c>keyring</c>, <c>file</c>, <c>vault</c>.</summary>
    string Kind { get; }

    /// <summary>The place in words, for messages, e.g. <c>the keyring</c>.</summary>
    string Description { get; }

    /// <summary>The content of a secret, for the caller to dispose; null where there is none of that name.</summary>
    /// <exception cref="McpRuntimeException">The store is there but cannot be read.</exception>
    ValueTask<Secret?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a secret whole, in the place of the one before; it is durable when the task ends.</summary>
    /// <exception cref="McpRuntimeException">The store cannot be written.</exception>
    ValueTask WriteAsync(string name, Secret content, CancellationToken cancellationToken);

    /// <summary>Removes a secret; one that is not there is no error.</summary>
    /// <exception cref="McpRuntimeException">The store cannot be written.</exception>
    ValueTask RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Has a store that keeps secrets in memory read again what other processes wrote, within seconds; others do
    /// nothing.
    /// </summary>
    ValueTask ReloadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
