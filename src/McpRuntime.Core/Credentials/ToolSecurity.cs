using McpRuntime.Configuration;
using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>The security requirements that hold for a tool, and the schemes that they name.</summary>
internal static class ToolSecurity
{
    /// <summary>Name of the one scheme that <c>auth</c> of version 1 describes.</summary>
    public const string OlderSchemeName = "auth";

    public static (IReadOnlyList<SecurityRequirement> Security, IReadOnlyDictionary<string, SecurityScheme> Schemes) Of(
        ConnectorManifest connector,
        ToolManifest tool,
        Func<string, string?> environment
    )
    {
        if (tool.Auth is { } auth)
        {
            if (auth.Scheme is null)
                return ([], connector.SecuritySchemes);
            var needed = new SecurityRequirement(
                new Dictionary<string, IReadOnlyList<string>> { [OlderSchemeName] = [] }
            );
            return (
                [needed],
                new Dictionary<string, SecurityScheme>
                {
                    [OlderSchemeName] = Filled(connector, auth.Scheme, environment),
                }
            );
        }
        var security = tool.Security ?? connector.Security;
        foreach (var name in security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            if (!connector.SecuritySchemes.ContainsKey(name))
                throw new CallException(
                    $"The tool '{tool.Name}' of '{connector.Name}' needs the security scheme '{name}', which "
                        + $"the manifest does not define. Add it to security_schemes, or name one of: "
                        + $"{Names(connector)}."
                );
            // Letters are upper-cased in a credential's name, so spellings that differ in case alone would share one.
            if (
                connector.SecuritySchemes.Keys.FirstOrDefault(other =>
                    other != name && SettingName.Code(other) == SettingName.Code(name)
                ) is
                { } twin
            )
                throw new CallException(
                    $"The security schemes '{name}' and '{twin}' of '{connector.Name}' differ only in case, "
                        + $"so their credentials would have the same name. Rename one of them."
                );
        }
        if (!connector.SecuritySchemes.Values.Any(HasVariables))
            return (security, connector.SecuritySchemes);
        return (
            security,
            connector.SecuritySchemes.ToDictionary(
                entry => entry.Key,
                entry => Filled(connector, entry.Value, environment)
            )
        );
    }

    private static SecurityScheme Filled(
        ConnectorManifest connector,
        SecurityScheme scheme,
        Func<string, string?> environment
    ) =>
        scheme switch
        {
            OAuth2Scheme oauth => oauth with
            {
                TokenUrl = Filled(connector, oauth.TokenUrl, environment),
                RefreshUrl = Filled(connector, oauth.RefreshUrl, environment),
            },
            OpenIdConnectScheme discovered => discovered with { Url = Filled(connector, discovered.Url, environment)! },
            _ => scheme,
        };

    private static string? Filled(ConnectorManifest connector, string? url, Func<string, string?> environment) =>
        url is null ? null : ServerUrl.Fill(connector, url, environment);

    private static bool HasVariables(SecurityScheme scheme) =>
        scheme switch
        {
            OAuth2Scheme oauth => HasVariables(oauth.TokenUrl) || HasVariables(oauth.RefreshUrl),
            OpenIdConnectScheme discovered => HasVariables(discovered.Url),
            _ => false,
        };

    private static bool HasVariables(string? url) => url is not null && url.Contains('{', StringComparison.Ordinal);

    private static string Names(ConnectorManifest connector) =>
        connector.SecuritySchemes.Count == 0 ? "(none is defined)" : string.Join(", ", connector.SecuritySchemes.Keys);
}
