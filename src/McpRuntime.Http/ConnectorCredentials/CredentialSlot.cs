using McpRuntime.Credentials;
using McpRuntime.Http.Connectors;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>What a credential of the gateway is for.</summary>
/// <param name="Project">Null for a connector of the folder.</param>
/// <param name="Connector">Its name.</param>
/// <param name="Scheme">Name in <c>security_schemes</c>.</param>
internal sealed record CredentialSlot(string? Project, string Connector, string Scheme)
{
    /// <inheritdoc cref="CredentialTargets.IdentityOf"/>
    public string Identity => CredentialTargets.IdentityOf(Project, Connector);

    public CredentialKey Key => new(Identity, Scheme);

    /// <summary>Its path in the API.</summary>
    /// <param name="action">E.g. <c>/confirm</c>; empty for the credential itself.</param>
    public string PathOf(string action = "") =>
        $"/v1/credentials/{Uri.EscapeDataString(Scheme)}{action}?connector={Uri.EscapeDataString(Connector)}"
        + (Project is null ? "" : $"&project={Project}");

    /// <summary>Undoes <see cref="CredentialTargets.IdentityOf"/>: a name with a scope begins with '@'.</summary>
    public static CredentialSlot Of(CredentialKey key) =>
        key.Connector.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && key.Connector[0] != '@'
            ? new(key.Connector[..slash], key.Connector[(slash + 1)..], key.Scheme)
            : new(null, key.Connector, key.Scheme);
}
