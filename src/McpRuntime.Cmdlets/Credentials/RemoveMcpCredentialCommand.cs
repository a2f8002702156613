using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Remove-McpCredential: deletes the credentials of connectors from the vault.</summary>
/// <remarks>
/// An existing secret that was set with -SecretName stays in its vault; only the record that the connector uses
/// it is deleted. Running servers notice at their next call. A sign-in is deleted, but does not end at its provider:
/// Disconnect-McpConnector revokes it, too.
/// </remarks>
/// <example>
/// <code>
/// Remove-McpCredential petstore -Confirm:$false
/// </code>
/// Deletes every credential of a connector without asking.
/// </example>
[Cmdlet(VerbsCommon.Remove, "McpCredential", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveMcpCredentialCommand : McpCredentialCommand
{
    /// <summary>Names of connectors, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    /// <summary>Names of profiles. Default: all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var records = new SecretRecordStore(settings.DataFolder);
        foreach (var name in Connector)
        {
            WithVaults(name, () =>
            {
                var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
                var entries = records
                    .All()
                    .Where(entry =>
                        pattern.IsMatch(entry.Connector)
                        && IsChosen(entry.Scheme)
                        && (Profile.Length == 0 || Profile.Contains(entry.Key.Profile, StringComparer.Ordinal))
                    )
                    .ToList();
                if (entries.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                    Report(
                        $"No credential of '{name}' is recorded{Scheme()}{InProfile()}.",
                        ErrorId.CredentialNotFound,
                        ErrorCategory.ObjectNotFound,
                        name
                    );
                foreach (var entry in entries)
                    Remove(records, entry);
            });
        }
    }

    private string Scheme() => SecurityScheme.Length == 0 ? "" : $" for {string.Join(", ", SecurityScheme)}";

    private string InProfile() => Profile.Length == 0 ? "" : $" in the profile {string.Join(", ", Profile)}";

    private void Remove(SecretRecordStore records, SecretRecordEntry entry)
    {
        var (vault, secret) = (entry.Record.Vault, entry.Record.SecretName);
        var action = entry.Record.IsOwn
            ? $"Delete the record that the secret '{secret}' is used"
            : $"Delete the secret '{secret}' from the vault '{vault}'";
        if (!Confirm(VaultSignIns.Target(entry.Key), action))
            return;
        if (!entry.Record.IsOwn)
            Vaults().Remove(vault, secret);
        Await(cancellationToken => records.ForgetAsync(entry.Key, cancellationToken));
    }
}
