using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// What to do about an error, for <see cref="ErrorDetails.RecommendedAction"/>; the message says what happened.
/// </summary>
internal static class ErrorAdvice
{
    /// <param name="tool">The tool that was called.</param>
    /// <param name="id">The error's id.</param>
    /// <param name="status">The API's HTTP status; null where it did not answer.</param>
    /// <param name="retryAfter">Seconds that the API asks to wait; null for none.</param>
    public static string For(McpTool tool, string id, int? status, int? retryAfter) =>
        id switch
        {
            ErrorId.VaultLocked => "Run Unlock-SecretVault, then repeat the call.",
            ErrorId.SecretManagementNotInstalled =>
                "Run Install-PSResource Microsoft.PowerShell.SecretManagement, then repeat the call.",
            ErrorId.VaultNotFound or ErrorId.SecretNotFound or CallErrorCode.CredentialMissing =>
                $"Set the credential with {Set(tool)}.",
            CallErrorCode.SignInRequired =>
                $"Sign in with Connect-McpConnector{Of(tool)}, then repeat the call; the message names the profile.",
            CallErrorCode.OriginNotApproved => $"If the server is the right one, approve it with {Set(tool)} -Force.",
            ErrorId.UpstreamTimeout =>
                "Repeat the call with a larger -TimeoutSec, or ask for less. -Verbose shows each attempt.",
            ErrorId.UpstreamUnreachable => "Check the address and the network. -Verbose shows each attempt.",
            ErrorId.UpstreamUnauthorized when status == 403 =>
                "The credential lacks a permission for this operation. Ask the owner of the API for it, or "
                    + "set another one.",
            ErrorId.UpstreamUnauthorized => $"{Test(tool)} shows what is set. Set a new credential with {Set(tool)}.",
            ErrorId.UpstreamRefused when status is 404 or 410 =>
                "Check the values of the arguments. -WhatIf shows the resulting URL.",
            ErrorId.UpstreamRefused when status is 409 or 412 =>
                "The resource has changed or exists. Read its state, then repeat the call.",
            ErrorId.UpstreamRefused when status is 429 || retryAfter is not null =>
                $"Repeat the call {(retryAfter is { } seconds ? $"after {seconds} s" : "later")}.",
            ErrorId.UpstreamFailed =>
                $"Repeat the call {(retryAfter is { } seconds ? $"after {seconds} s" : "later")}. -Verbose "
                    + $"shows each attempt, -Debug what was sent.",
            ErrorId.AnswerIncomplete => "Repeat the call.",
            _ => $"Check the arguments: {Describe(tool)} describes them, -WhatIf shows the resulting request.",
        };

    private static string Describe(McpTool tool) =>
        tool.Command is { } command ? $"Get-Help {command} -Full" : $"Get-McpTool {tool.Name} -Full";

    private static string Set(McpTool tool) => $"Set-McpCredential{Of(tool)}";

    private static string Test(McpTool tool) => $"Test-McpCredential{Of(tool)}";

    private static string Of(McpTool tool) => tool.Connector is { } connector ? $" '{connector}'" : "";
}
