namespace McpRuntime.Credentials;

/// <summary>Environment variables <c>MCP_RUNTIME_CREDENTIAL__CONNECTOR__SCHEME__FIELD</c>.</summary>
public sealed class EnvironmentCredentialSource : ICredentialSource
{
    private readonly Func<string, string?> _environment;

    /// <param name="environment">Reads a variable; the process's by default.</param>
    public EnvironmentCredentialSource(Func<string, string?>? environment = null) =>
        _environment = environment ?? Environment.GetEnvironmentVariable;

    public string HowToSet(string connector, string scheme, IReadOnlyList<CredentialField> fields) =>
        $"set the environment variable{(fields.Count == 1 ? "" : "s")} {NamedFields.Names(connector, scheme, fields)}";

    public bool IsCurrent(string connector, string scheme, Credential? known) =>
        NamedFields.AreSame(known, NamedFields.NamesOf(connector, scheme), _environment);

    public ValueTask<Credential?> FindAsync(string connector, string scheme, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            NamedFields.Read(
                "environment",
                connector,
                scheme,
                name => _environment(name) is { } text ? new Secret(text) : null,
                _environment
            )
        );
}
