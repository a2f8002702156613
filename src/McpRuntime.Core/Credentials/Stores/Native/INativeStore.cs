namespace McpRuntime.Credentials.Stores.Native;

/// <summary>
/// The blocking calls of an operating system's store. They throw <see cref="NativeStoreException"/>.
/// </summary>
internal interface INativeStore
{
    /// <summary>The store in words, e.g. <c>the keyring</c>.</summary>
    string Description { get; }

    /// <summary>Why the store cannot be used here; null where it can. Asks no one.</summary>
    string? Explain();

    Secret? Read(string name, CancellationToken cancellationToken);

    void Write(string name, Secret content, CancellationToken cancellationToken);

    void Remove(string name, CancellationToken cancellationToken);
}

/// <summary>The system's store refused; the message is the system's.</summary>
internal sealed class NativeStoreException(string message) : Exception(message);
