using McpRuntime.Approvals;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Decides which origins a credential may go to: those that it was set for, and those that the user approved.
/// </summary>
internal sealed class OriginPolicy(ApprovalStore approvals)
{
    /// <exception cref="CallException">The credential is not approved for the origin.</exception>
    // A manifest names the server. Were that enough, changing one line of it would send the credential anywhere.
    public void Check(string connector, string scheme, Credential credential, Origin origin)
    {
        if (!origin.MayCarryCredentials)
            throw new CallException(
                $"The credential '{scheme}' of '{connector}' would be sent over plain http to {origin}, where "
                    + $"anyone on the network can read it; nothing was sent. Use https in the manifest's base_url."
            );
        if (credential.Origins.Contains(origin) || approvals.For(connector).Allows(origin))
            return;
        var approved = approvals.Now(connector);
        if (approved.Allows(origin))
            return;
        var bound = credential.Origins.Concat(approved.Origins.Select(entry => entry.Origin)).Distinct().ToList();
        var boundTo = bound.Count == 0 ? "no approved origin" : string.Join(", ", bound);
        var approve =
            credential.HowToApprove is { } how ? how
            : credential.IsApprovedInPowerShell
                ? $"run in PowerShell: Set-McpCredential '{connector}' -SecurityScheme '{scheme}' -Force"
            : $"set {CredentialName.For(connector, scheme, CredentialField.Origins)}="
                + string.Join(' ', bound.Append(origin));
        throw new CallException(
            $"The credential '{scheme}' of '{connector}' (from {credential.Source}) is not approved for "
                + $"{origin}; it is bound to {boundTo}. Nothing was sent. If {origin} is the right server, "
                + $"import the connector from its document, or {approve}"
        )
        {
            ErrorCode = CallErrorCode.OriginNotApproved,
        };
    }
}
