using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// What the calls of a tool need to prove who makes them. Tools with equal needs send the same credentials.
/// </summary>
/// <param name="Connector">Connector name.</param>
/// <param name="Origin">Where the calls go.</param>
/// <param name="Security">
/// Requirements of which any one is enough; none means that no credential is needed. One object for all tools of a
/// connector that have no their own requirements.
/// </param>
/// <param name="Schemes">The schemes that they name.</param>
internal sealed record CredentialNeeds(
    string Connector,
    Origin Origin,
    IReadOnlyList<SecurityRequirement> Security,
    IReadOnlyDictionary<string, SecurityScheme> Schemes
)
{
    /// <summary>The profile that the manifest or the server chose; null for the default one.</summary>
    public string? Profile { get; init; }

    /// <summary>See <see cref="CredentialKey.Holder"/>.</summary>
    public string? Holder { get; init; }

    /// <inheritdoc cref="CredentialKey.Label"/>
    public string Label => Key("").Label;

    /// <summary>Names the credential of one of the schemes.</summary>
    public CredentialKey Key(string scheme) =>
        new(Connector, scheme) { Profile = Profile ?? CredentialKey.DefaultProfile, Holder = Holder };

    /// <summary>The needs of a tool.</summary>
    /// <exception cref="CallException">Its server or its security requirements are invalid.</exception>
    public static CredentialNeeds Of(ConnectorManifest connector, ToolManifest tool, Func<string, string?> environment)
    {
        var (security, schemes) = ToolSecurity.Of(connector, tool, environment);
        var origin = Origin.Of(new Uri(ServerUrl.Resolve(connector, tool, environment)));
        return new CredentialNeeds(connector.Name, origin, security, schemes);
    }
}
