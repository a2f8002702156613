using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>The security schemes of a connector by the names that credentials are kept under.</summary>
internal static class ConnectorSchemes
{
    // In version 1 a tool carries its scheme itself, and calls look for it under this name.
    public const string OlderName = "auth";

    public static IReadOnlyDictionary<string, SecurityScheme> Of(ConnectorManifest manifest)
    {
        var schemes = new Dictionary<string, SecurityScheme>(manifest.SecuritySchemes, StringComparer.Ordinal);
        foreach (var tool in manifest.Tools)
        {
            if (tool.Auth?.Scheme is { } scheme)
                schemes.TryAdd(OlderName, scheme);
        }
        return schemes;
    }
}
