using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.SignInFlows;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>A cmdlet that signs users in or out.</summary>
public abstract class SignInCommand : McpConnectorCommand
{
    /// <summary>
    /// Name for one of several accounts, such as work; calls choose it with -Profile. Default: MCP_RUNTIME_PROFILE,
    /// that of the manifest, or default.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>Name of the security scheme in the manifest; required if users can sign in for several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecuritySchemeCompleter))]
    public string? SecurityScheme { get; set; }

    /// <summary>The profile that a call of the connector would use.</summary>
    private protected string ProfileOf(string connector, string? manifest, RuntimeSettings settings) =>
        Profile ?? settings.Profiles.Of(connector) ?? manifest ?? CredentialKey.DefaultProfile;

    /// <summary>
    /// Does something with vaults and providers; what goes wrong is reported and the pipeline goes on.
    /// </summary>
    private protected void Try(string connector, Action work)
    {
        try
        {
            work();
        }
        catch (VaultException exception)
        {
            Report(exception, exception.Id, exception.Category, connector);
        }
        catch (McpRuntimeException exception)
        {
            var (id, category) = exception.ErrorCode switch
            {
                SignInErrorCode.SignInTimedOut => (SignInErrorCode.SignInTimedOut, ErrorCategory.OperationTimeout),
                SignInErrorCode.SignInDenied => (SignInErrorCode.SignInDenied, ErrorCategory.PermissionDenied),
                _ => (SignInErrorCode.SignInFailed, ErrorCategory.AuthenticationError),
            };
            Report(exception, id, category, connector);
        }
    }
}
