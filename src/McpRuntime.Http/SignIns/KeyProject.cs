using McpRuntime.Credentials;

namespace McpRuntime.Http.SignIns;

/// <summary>The keys of connectors of projects are <c>project/connector</c>.</summary>
internal static class KeyProject
{
    /// <summary>The connector's project; null for one of the folder.</summary>
    public static string? Project(this CredentialKey key) =>
        Slash(key) is var slash and > 0 ? key.Connector[..slash] : null;

    /// <summary>The connector's name within its project or the folder.</summary>
    public static string ConnectorName(this CredentialKey key) => key.Connector[(Slash(key) + 1)..];

    // Names of the folder's connectors may be scoped, as @team/shop; no project has such a name.
    private static int Slash(CredentialKey key) =>
        key.Connector.StartsWith('@') ? -1 : key.Connector.IndexOf('/', StringComparison.Ordinal);
}
