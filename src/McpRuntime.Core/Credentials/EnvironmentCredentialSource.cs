namespace McpRuntime.Credentials;

/// <summary>
/// Environment variables <c>MCP_RUNTIME_CREDENTIAL__CONNECTOR__SCHEME__FIELD</c>, of the default profile.
/// </summary>
public sealed class EnvironmentCredentialSource : ICredentialSource
{
    private readonly Func<string, string?> _environment;

    /// <param name="environment">Reads a variable; the process's by default.</param>
    public EnvironmentCredentialSource(Func<string, string?>? environment = null) =>
        _environment = environment ?? Environment.GetEnvironmentVariable;

    public string? HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) =>
        key.IsPlain
            ? $"set the environment variable{(fields.Count == 1 ? "" : "s")} "
                + NamedFields.Names(key.Connector, key.Scheme, fields)
            : null;

    public bool IsCurrent(CredentialKey key, Credential? known) =>
        key.IsPlain
            ? NamedFields.AreSame(known, NamedFields.NamesOf(key.Connector, key.Scheme), _environment)
            : known is null;

    public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            key.IsPlain
                ? NamedFields.Read(
                    "environment",
                    key.Connector,
                    key.Scheme,
                    name => _environment(name) is { } text ? new Secret(text) : null,
                    _environment
                )
                : null
        );
}
