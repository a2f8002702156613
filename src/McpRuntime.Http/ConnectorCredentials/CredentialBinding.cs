using McpRuntime.Credentials;
using McpRuntime.Network;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// What a credential was set or confirmed for: whoever can change a manifest cannot send it anywhere else, also not to
/// another path of the same server.
/// </summary>
/// <param name="Kind">See <see cref="CredentialTarget.Kind"/>.</param>
/// <param name="Urls">See <see cref="CredentialTarget.Urls"/>.</param>
/// <param name="Scopes">See <see cref="CredentialTarget.Scopes"/>.</param>
/// <param name="Origins">Those of the URLs, and further ones of a provider, which no manifest names.</param>
internal sealed record CredentialBinding(
    string Kind,
    IReadOnlyList<string> Urls,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<Origin> Origins
)
{
    /// <param name="target">The manifest as it is now.</param>
    /// <param name="origins">All of its origins, and further ones.</param>
    public static CredentialBinding Of(CredentialTarget target, IEnumerable<Origin> origins) =>
        new(target.Kind, target.Urls, target.Scopes, [.. origins]);

    /// <summary>A manifest asks for nothing that was not confirmed.</summary>
    public bool Covers(CredentialTarget target) =>
        target.Kind == Kind
        && target.Urls.All(url => Urls.Contains(url, StringComparer.Ordinal))
        && target.Scopes.All(scope => Scopes.Contains(scope, StringComparer.Ordinal));

    /// <summary>What a manifest asks for beyond it, in words.</summary>
    public string Beyond(CredentialTarget target)
    {
        List<string> beyond =
        [
            .. target.Urls.Except(Urls),
            .. target.Scopes.Except(Scopes).Select(name => $"scope {name}"),
        ];
        if (target.Kind != Kind)
            beyond.Add($"{target.Kind} in the place of {Kind}");
        return string.Join(", ", beyond);
    }
}
