using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Where a manifest as it is now sends the credential of one scheme, and how: what a user who sets the credential has
/// to see, since a manifest is not trusted with it.
/// </summary>
/// <param name="Scheme">Name in <c>security_schemes</c>.</param>
/// <param name="Definition">The scheme.</param>
public sealed record CredentialTarget(string Scheme, SecurityScheme Definition)
{
    /// <summary>
    /// The servers of the tools that need the scheme, and the URLs of its provider; sorted, each once.
    /// </summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The origins of <see cref="Urls"/>, sorted, each once.</summary>
    public required IReadOnlyList<Origin> Origins { get; init; }

    /// <summary>The scopes that the scheme and its tools ask for; sorted, each once.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Why servers are missing in <see cref="Urls"/>, with the way out; each once.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>How it is sent, e.g. <c>api_key in header 'X-Key'</c>.</summary>
    public string Kind => SchemeFields.Describe(Definition);

    /// <summary>The schemes that the tools of a connector use, by name.</summary>
    /// <param name="connector">Its name is the one by which the settings of its server variables are found.</param>
    /// <param name="environment">Reads a setting.</param>
    public static IReadOnlyList<CredentialTarget> Of(ConnectorManifest connector, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var found = new SortedDictionary<string, TargetBuilder>(StringComparer.Ordinal);
        foreach (var tool in connector.Tools)
        {
            try
            {
                var (security, schemes) = ToolSecurity.Of(connector, tool, environment);
                foreach (var (name, scopes) in security.SelectMany(requirement => requirement.Schemes))
                {
                    if (!found.TryGetValue(name, out var target))
                        found[name] = target = new TargetBuilder(schemes[name]);
                    target.Scopes.UnionWith(scopes);
                    target.Add(connector, tool, environment);
                }
            }
            catch (CallException)
            {
                // Calls of the tool are refused with the same words, and send nothing.
            }
        }
        return [.. found.Select(entry => entry.Value.Build(entry.Key))];
    }

    private sealed class TargetBuilder
    {
        private readonly SecurityScheme _scheme;
        private readonly SortedSet<string> _urls = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);

        public TargetBuilder(SecurityScheme scheme)
        {
            _scheme = scheme;
            switch (scheme)
            {
                case OAuth2Scheme oauth:
                    AddAll(
                        oauth.TokenUrl,
                        oauth.RefreshUrl,
                        oauth.AuthorizationUrl,
                        oauth.DeviceAuthorizationUrl,
                        oauth.SignIn.RevocationUrl,
                        oauth.SignIn.Issuer
                    );
                    Scopes.UnionWith(oauth.Scopes);
                    break;
                case OpenIdConnectScheme discovered:
                    AddAll(discovered.Url, discovered.SignIn.RevocationUrl, discovered.SignIn.Issuer);
                    break;
            }
        }

        public SortedSet<string> Scopes { get; } = new(StringComparer.Ordinal);

        public void Add(ConnectorManifest connector, ToolManifest tool, Func<string, string?> environment)
        {
            try
            {
                _urls.Add(ServerUrl.Resolve(connector, tool, environment));
            }
            catch (CallException refused)
            {
                _problems.Add(refused.Message);
            }
        }

        public CredentialTarget Build(string name) =>
            new(name, _scheme)
            {
                Urls = [.. _urls],
                Origins =
                [
                    .. _urls
                        .Select(url => Origin.TryParse(url, out var origin) ? origin : null)
                        .OfType<Origin>()
                        .Distinct()
                        .OrderBy(origin => origin.ToString(), StringComparer.Ordinal),
                ],
                Scopes = [.. Scopes],
                Problems = [.. _problems],
            };

        private void AddAll(params ReadOnlySpan<string?> urls)
        {
            foreach (var url in urls)
            {
                if (url is not null)
                    _urls.Add(url);
            }
        }
    }
}
