using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Rules about security schemes and what requires them.</summary>
internal static class SecurityRules
{
    public static void CheckConnector(FindingList findings, ConnectorManifest manifest)
    {
        foreach (var (name, scheme) in manifest.SecuritySchemes)
        {
            var pointer = JsonPointer.Append("/connector/security_schemes", name);
            CheckScheme(findings, pointer, $"The security scheme '{name}'", scheme);
            // Names of credentials have no case, so two such schemes would share one.
            if (
                manifest.SecuritySchemes.Keys.FirstOrDefault(other =>
                    other != name && System.Text.Ascii.EqualsIgnoreCase(other, name)
                ) is
                { } twin
            )
                findings.Error(
                    ValidationRules.SecurityScheme,
                    pointer,
                    $"The security schemes '{name}' and '{twin}' differ only in case, so their credentials "
                        + $"would have the same name; rename one of them."
                );
        }
        CheckRequirements(
            findings,
            "/connector/security",
            "The connector",
            manifest.Security,
            manifest.SecuritySchemes
        );
    }

    public static void CheckTool(FindingList findings, ToolContext context, ConnectorManifest manifest)
    {
        if (context.Tool.Security is { } security)
            CheckRequirements(findings, context.At("security"), context.Label, security, manifest.SecuritySchemes);
        CheckKeys(findings, context, manifest);
        if (context.Tool.Auth is not { } auth)
            return;
        if (!context.Tool.IsOlderForm)
        {
            findings.Error(
                ValidationRules.LegacyAuth,
                context.At("auth"),
                $"{context.Label} has 'auth', which belongs to version 1; use 'security' and the connector's "
                    + $"'security_schemes'."
            );
        }
        if (auth.Scheme is not null)
            CheckScheme(findings, context.At("auth"), $"{context.Label}: 'auth'", auth.Scheme);
    }

    // A caller's value instead of the key would make the call another's, or no one's.
    private static void CheckKeys(FindingList findings, ToolContext context, ConnectorManifest manifest)
    {
        var tool = context.Tool;
        foreach (var (scheme, key) in KeysOf(tool, manifest))
        {
            foreach (
                var (name, binding) in tool.Arguments
                    ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, ArgumentBinding>.Empty
            )
            {
                if (key.IsAt(binding.In, binding.Name))
                    Taken(context.At("arguments", name), $"the argument '{name}'", scheme, key);
            }
            for (var i = 0; i < tool.Fixed.Count; i++)
            {
                if (key.IsAt(tool.Fixed[i].In, tool.Fixed[i].Name))
                    Taken(JsonPointer.Append(context.At("fixed"), i), "a fixed value", scheme, key);
            }
        }

        void Taken(string pointer, string what, string scheme, ApiKeyScheme key) =>
            findings.Error(
                ValidationRules.DuplicateLocation,
                pointer,
                $"{context.Label} sends {what} as '{key.KeyName}' in the "
                    + $"{ManifestWords.Locations[(int)key.Location]}, where the credential of '{scheme}' goes; "
                    + $"remove it."
            );
    }

    private static IEnumerable<(string Scheme, ApiKeyScheme Key)> KeysOf(ToolManifest tool, ConnectorManifest manifest)
    {
        if (tool.Auth is { } auth)
            return auth.Scheme is ApiKeyScheme own ? [("auth", own)] : [];
        return (tool.Security ?? manifest.Security)
            .SelectMany(requirement => requirement.Schemes.Keys)
            .Distinct()
            .Select(name => (Name: name, Key: manifest.SecuritySchemes.GetValueOrDefault(name) as ApiKeyScheme))
            .Where(entry => entry.Key is not null)
            .Select(entry => (entry.Name, entry.Key!));
    }

    private static void CheckRequirements(
        FindingList findings,
        string pointer,
        string label,
        IReadOnlyList<SecurityRequirement> requirements,
        IReadOnlyDictionary<string, SecurityScheme> schemes
    )
    {
        for (var i = 0; i < requirements.Count; i++)
        {
            foreach (var name in requirements[i].Schemes.Keys)
            {
                if (schemes.ContainsKey(name))
                    continue;
                var known = schemes.Count == 0 ? "none is defined" : $"defined: {string.Join(", ", schemes.Keys)}";
                findings.Error(
                    ValidationRules.UnknownSecurityScheme,
                    JsonPointer.Append(JsonPointer.Append(pointer, i), name),
                    $"{label} requires the security scheme '{name}', which 'security_schemes' does not define "
                        + $"({known}).{NearNames.DidYouMean(name, schemes.Keys)}"
                );
            }
        }
    }

    private static void CheckScheme(FindingList findings, string pointer, string label, SecurityScheme scheme)
    {
        switch (scheme)
        {
            case ApiKeyScheme key:
                CheckKey(findings, pointer, label, key);
                break;
            case HttpScheme http when http.Scheme.Length > 0 && !HttpToken.Is(http.Scheme):
                findings.Error(
                    ValidationRules.SecurityScheme,
                    JsonPointer.Append(pointer, "scheme"),
                    $"{label} has the scheme '{http.Scheme}', which is not one word of letters, digits and "
                        + $"signs (RFC 9110), e.g. 'Token'."
                );
                break;
            case HttpScheme http when AuthenticationSchemes.Explain(http.Scheme) is { } reason:
                findings.Warning(
                    ValidationRules.SecurityScheme,
                    JsonPointer.Append(pointer, "scheme"),
                    $"{label} uses HTTP authentication '{http.Scheme}', which is not supported: {reason}. "
                        + $"Name another scheme in 'security'."
                );
                break;
            case OAuth2Scheme oauth2:
                CheckUrl(findings, pointer, label, "token_url", oauth2.TokenUrl);
                CheckUrl(findings, pointer, label, "authorization_url", oauth2.AuthorizationUrl);
                CheckUrl(findings, pointer, label, "refresh_url", oauth2.RefreshUrl);
                CheckUrl(findings, pointer, label, "device_authorization_url", oauth2.DeviceAuthorizationUrl);
                if (oauth2.Flows.Contains(OAuth2Flow.ClientCredentials) && oauth2.TokenUrl is null)
                {
                    findings.Error(
                        ValidationRules.SecurityUrl,
                        pointer,
                        $"{label} has the flow client_credentials but no 'token_url'; add it."
                    );
                }
                break;
            case OpenIdConnectScheme openIdConnect:
                CheckUrl(findings, pointer, label, "url", openIdConnect.Url);
                break;
        }
    }

    private static void CheckKey(FindingList findings, string pointer, string label, ApiKeyScheme key)
    {
        var keyName = JsonPointer.Append(pointer, "key_name");
        if (key.KeyName.Length == 0 || key.Location == ArgumentLocation.Query)
            return;
        if (!HttpToken.Is(key.KeyName))
        {
            findings.Error(
                ValidationRules.SecurityScheme,
                keyName,
                $"{label} has the key name '{key.KeyName}', which is not a valid header or cookie name (RFC "
                    + $"9110: letters, digits and !#$%&'*+-.^_`|~)."
            );
        }
        else if (key.Location == ArgumentLocation.Header && !RequestFields.MayCarryKey(key.KeyName))
        {
            findings.Error(
                ValidationRules.SecurityScheme,
                keyName,
                $"{label} sends its key in the header '{key.KeyName}', which belongs to the connection; name another."
            );
        }
    }

    private static void CheckUrl(FindingList findings, string pointer, string label, string key, string? url)
    {
        if (string.IsNullOrEmpty(url) || UrlRules.Explain(url) is not { } reason)
            return;
        findings.Error(
            ValidationRules.SecurityUrl,
            JsonPointer.Append(pointer, key),
            string.Create(CultureInfo.InvariantCulture, $"{label}: '{key}' is '{UrlRules.WithoutUser(url)}', {reason}")
        );
    }
}
