using McpRuntime.Credentials;
using McpRuntime.Manifests;

namespace McpRuntime.Stdio.Credentials;

/// <summary>The security scheme of a connector that a credential is for.</summary>
internal static class CredentialScheme
{
    // In version 1 a tool has its scheme itself, and calls look for it under this name.
    private const string OlderName = "auth";

    /// <summary>The scheme that was named, or else the only one that takes a credential.</summary>
    /// <exception cref="McpRuntimeException">There is none, or more than one.</exception>
    public static (string Name, SecurityScheme Scheme) Choose(ConnectorManifest manifest, string? named)
    {
        var schemes = manifest.SecuritySchemes.ToDictionary(StringComparer.Ordinal);
        foreach (var tool in manifest.Tools)
        {
            if (tool.Auth?.Scheme is { } older)
                schemes.TryAdd(OlderName, older);
        }
        if (named is not null)
            return schemes.TryGetValue(named, out var scheme)
                ? (named, scheme)
                : throw new McpRuntimeException(
                    $"'{manifest.Name}' has no security scheme '{named}'. It has {Names(schemes)}."
                );
        var fitting = schemes.Where(entry => SchemeFields.Alternatives(entry.Value).Count > 0).ToList();
        return fitting switch
        {
            [var only] => (only.Key, only.Value),
            [] => throw new McpRuntimeException(
                $"'{manifest.Name}' has no security scheme that takes a credential. Describe one in its manifest, e.g. "
                    + "'security_schemes: { token: { type: bearer } }' and 'security: [ { token: [] } ]'."
            ),
            _ => throw new McpRuntimeException(
                $"'{manifest.Name}' has several security schemes: {Names(schemes)}. Name one with --scheme."
            ),
        };
    }

    private static string Names(Dictionary<string, SecurityScheme> schemes) =>
        schemes.Count == 0
            ? "none"
            : string.Join(", ", schemes.Select(entry => $"{entry.Key} ({SchemeFields.Describe(entry.Value)})"));
}
