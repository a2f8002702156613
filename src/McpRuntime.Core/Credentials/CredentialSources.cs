using McpRuntime.Configuration;

namespace McpRuntime.Credentials;

/// <summary>The sources that need no host: files first, as containers mount them, then environment variables.</summary>
public static class CredentialSources
{
    public static IReadOnlyList<ICredentialSource> For(RuntimeSettings settings) =>
        settings.CredentialsFolder is { } folder
            ? [new FileCredentialSource(folder), new EnvironmentCredentialSource()]
            : [new EnvironmentCredentialSource()];
}
