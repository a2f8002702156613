using System.Management.Automation;
using McpRuntime.Approvals;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Disconnect-McpConnector: ends sign-ins of Connect-McpConnector.</summary>
/// <remarks>
/// The tokens are revoked if the provider has an endpoint for it, and deleted from the vault in any case. A warning
/// says what is left to do in your account's settings. Running servers notice at their next call.
/// </remarks>
/// <example>
/// <code>
/// Disconnect-McpConnector petstore
/// </code>
/// Ends the sign-in of the default profile.
/// </example>
/// <example>
/// <code>
/// Get-McpCredential | Where-Object IsSignIn | Disconnect-McpConnector
/// </code>
/// Ends all sign-ins.
/// </example>
[Cmdlet(
    VerbsCommunications.Disconnect,
    "McpConnector",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(void))]
public sealed class DisconnectMcpConnectorCommand : SignInCommand
{
    /// <summary>The connector's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string Connector { get; set; } = "";

    protected override void ProcessRecord()
    {
        var settings = Settings();
        Try(Connector, () => Disconnect(settings));
    }

    // The manifest may be gone: what is recorded is enough.
    private void Disconnect(RuntimeSettings settings)
    {
        using var signIns = new VaultSignIns(new SecretVault(RunspaceScripts.Beside(this)), settings);
        var manifest = LoadConnectors(settings)
            .Connectors.FirstOrDefault(loaded =>
                loaded.Manifest.Name.Equals(Connector, StringComparison.OrdinalIgnoreCase)
            )
            ?.Manifest;
        var profile = ProfileOf(manifest?.Name ?? Connector, manifest?.Credentials.Profile, settings);
        var entries = signIns
            .Records.All()
            .Where(entry =>
                entry.Record.IsSignIn
                && entry.Connector.Equals(Connector, StringComparison.OrdinalIgnoreCase)
                && entry.Key.Profile == profile
                && (SecurityScheme is null || entry.Scheme == SecurityScheme)
            )
            .ToList();
        if (entries.Count == 0)
            Report(
                $"There is no sign-in of {new CredentialKey(Connector, "") { Profile = profile }.Label}. "
                    + "Get-McpCredential shows what is set.",
                Shell.ErrorId.CredentialNotFound,
                ErrorCategory.ObjectNotFound,
                Connector
            );
        foreach (var entry in entries)
            End(settings, signIns, entry);
    }

    private void End(RuntimeSettings settings, VaultSignIns signIns, SecretRecordEntry entry)
    {
        var action = $"Revoke the sign-in, and delete it from the vault '{entry.Record.Vault}'";
        if (!Confirm(VaultSignIns.Target(entry.Key), action))
            return;
        var problem = Await(async cancellationToken =>
        {
            var store = signIns.StoreOf(entry.Record.Vault);
            await using var turn = await store.LockAsync(entry.Key, cancellationToken);
            var left = await RevokeAsync(settings, store, entry.Key, cancellationToken);
            await store.RemoveAsync(entry.Key, CancellationToken.None);
            return left;
        });
        if (problem is not null)
            WriteWarning(
                $"The sign-in of {entry.Key.Label} is deleted here, but was not revoked at the provider{problem} To "
                    + "end it there too, remove the app in your account's settings."
            );
    }

    // It is forgotten here whatever the provider says.
    private static async Task<string?> RevokeAsync(
        RuntimeSettings settings,
        McpRuntime.Credentials.SignIns.LocalSignInStore store,
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var signIn = await store.ReadAsync(key, cancellationToken);
            if (signIn?.RevocationUrl is null)
                return ", which names no endpoint for it.";
            using var http = new GuardedHttp(settings.ExtraRoots);
            var flow = new SignInFlow(settings, http, new ApprovalStore(settings.DataFolder), TimeProvider.System);
            await flow.RevokeAsync(key.Connector, signIn, cancellationToken);
            return null;
        }
        catch (VaultException)
        {
            // A vault that cannot be opened now cannot forget it either.
            throw;
        }
        catch (McpRuntimeException failure)
        {
            return $": {failure.Message}";
        }
    }
}
