using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The credential sources of a cmdlet: the vaults of its session first, where a user may be prompted.
/// </summary>
internal static class SessionCredentials
{
    /// <summary>Runs work that may ask for credentials, and waits for it.</summary>
    public static T Await<T>(
        McpCmdlet cmdlet,
        RuntimeSettings settings,
        Func<IReadOnlyList<ICredentialSource>, CancellationToken, Task<T>> work
    )
    {
        var scripts = RunspaceScripts.Beside(cmdlet);
        return cmdlet.Await(async cancellationToken =>
        {
            using var vault = new VaultCredentialSource(new SecretVault(scripts), settings);
            return await work([vault, .. CredentialSources.For(settings)], cancellationToken);
        });
    }
}
