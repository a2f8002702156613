using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// A scheme that a user describes because the API's document did not. It becomes part of the manifest: how a
/// credential is sent is not secret, and every server that reads the manifest then sends it so.
/// </summary>
internal static class AddedScheme
{
    /// <summary>The manifest with the scheme, which every tool without its own requirement then needs.</summary>
    public static ConnectorManifest To(ConnectorManifest manifest, string name, SecurityScheme scheme)
    {
        var schemes = new Dictionary<string, SecurityScheme>(manifest.SecuritySchemes, StringComparer.Ordinal)
        {
            [name] = scheme,
        };
        var isNeeded = manifest.Security.Any(requirement => requirement.Schemes.ContainsKey(name));
        return manifest with
        {
            SecuritySchemes = schemes,
            Security = isNeeded
                ? manifest.Security
                :
                [
                    .. manifest.Security.Where(requirement => requirement.Schemes.Count > 0),
                    new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { [name] = [] }),
                ],
        };
    }

    /// <summary>
    /// The manifest with an oauth2 scheme that has the flow, and the endpoint and scopes where some are given.
    /// </summary>
    public static ConnectorManifest OAuth2(
        ConnectorManifest manifest,
        string? named,
        OAuth2Flow flow,
        Uri? tokenUrl,
        IReadOnlyList<string> scopes
    )
    {
        var name = named
            ?? manifest.SecuritySchemes.FirstOrDefault(scheme => scheme.Value is OAuth2Scheme).Key
            ?? "oauth2";
        var scheme =
            manifest.SecuritySchemes.GetValueOrDefault(name) as OAuth2Scheme ?? new OAuth2Scheme { Flows = [flow] };
        return To(
            manifest,
            name,
            scheme with
            {
                Flows = scheme.Flows.Contains(flow) ? scheme.Flows : [.. scheme.Flows, flow],
                TokenUrl = tokenUrl?.AbsoluteUri ?? scheme.TokenUrl,
                Scopes = scopes.Count > 0 ? scopes : scheme.Scopes,
            }
        );
    }
}
