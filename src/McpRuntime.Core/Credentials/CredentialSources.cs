using McpRuntime.Configuration;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Credentials;

/// <summary>The sources that need no host: files first, as containers mount them, then environment variables.</summary>
public static class CredentialSources
{
    /// <param name="settings">Says whether there is a folder of files.</param>
    /// <param name="loggers">Told of files that others may write; null for no one.</param>
    public static IReadOnlyList<ICredentialSource> For(RuntimeSettings settings, ILoggerFactory? loggers = null) =>
        settings.CredentialsFolder is { } folder
            ?
            [
                new FileCredentialSource(folder, loggers?.CreateLogger<FileCredentialSource>()),
                new EnvironmentCredentialSource(),
            ]
            : [new EnvironmentCredentialSource()];
}
