using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// A scheme that a person describes because the API's document did not. It becomes part of the manifest: how a
/// credential is sent is no secret, and every server that reads the manifest then sends it so.
/// </summary>
internal static class AddedScheme
{
    /// <summary>The manifest with the scheme, which every tool without a requirement of its own then needs.</summary>
    public static ConnectorManifest To(ConnectorManifest manifest, string name, SecurityScheme scheme)
    {
        var schemes = new Dictionary<string, SecurityScheme>(manifest.SecuritySchemes, StringComparer.Ordinal) { [name] = scheme };
        var isNeeded = manifest.Security.Any(requirement => requirement.Schemes.ContainsKey(name));
        return manifest with
        {
            SecuritySchemes = schemes,
            Security = isNeeded
                ? manifest.Security
                : [.. manifest.Security.Where(requirement => requirement.Schemes.Count > 0), new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { [name] = [] })],
        };
    }
}
