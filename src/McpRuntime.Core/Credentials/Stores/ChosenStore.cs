namespace McpRuntime.Credentials.Stores;

/// <summary>A store that is opened when it is first used: a server that needs none loads none.</summary>
/// <param name="open">Opens it; asked again where it failed.</param>
internal sealed class ChosenStore(Func<ISecretStore> open) : ISecretStore
{
    private readonly Lazy<ISecretStore> _store = new(open, LazyThreadSafetyMode.PublicationOnly);

    public bool IsOpen => _store.IsValueCreated;

    public ISecretStore Store => _store.Value;

    public string Kind => Store.Kind;

    public string Description => Store.Description;

    public ValueTask<Secret?> ReadAsync(string name, CancellationToken cancellationToken) =>
        Store.ReadAsync(name, cancellationToken);

    public ValueTask WriteAsync(string name, Secret content, CancellationToken cancellationToken) =>
        Store.WriteAsync(name, content, cancellationToken);

    public ValueTask RemoveAsync(string name, CancellationToken cancellationToken) =>
        Store.RemoveAsync(name, cancellationToken);
}
