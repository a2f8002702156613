using McpRuntime.Credentials;
using McpRuntime.Manifests;

namespace McpRuntime.Stdio.Commands;

/// <summary>The credentials that imported tools need, with the command that sets each.</summary>
internal static class ImportCredentials
{
    /// <summary>A line for each scheme that a tool needs and that takes a credential.</summary>
    public static IEnumerable<string> Of(ConnectorManifest manifest)
    {
        var needed = manifest
            .Tools.SelectMany(tool => tool.Security ?? manifest.Security)
            .SelectMany(requirement => requirement.Schemes.Keys)
            .ToHashSet(StringComparer.Ordinal);
        var schemes = manifest
            .SecuritySchemes.Where(entry =>
                needed.Contains(entry.Key) && SchemeFields.Alternatives(entry.Value).Count > 0
            )
            .ToList();
        foreach (var (name, scheme) in schemes)
        {
            var option = manifest.SecuritySchemes.Count > 1 ? $" --scheme {name}" : "";
            var how = SchemeFields.IsForUsers(scheme)
                ? "sign in with 'mcp-runtime login"
                : "set it with 'mcp-runtime credentials set";
            yield return $"Credential '{name}' ({SchemeFields.Describe(scheme)}): {how} {manifest.Name}{option}'.";
        }
    }
}
