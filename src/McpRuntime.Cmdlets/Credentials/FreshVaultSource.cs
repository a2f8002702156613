using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The vaults for someone who keeps what he was given himself, and asks again only because it has changed or was
/// refused: a copy from before is of no use to him.
/// </summary>
internal sealed class FreshVaultSource(VaultCredentialSource vault) : ICredentialSource
{
    public string HowToSet(string connector, string scheme, IReadOnlyList<CredentialField> fields) =>
        vault.HowToSet(connector, scheme, fields);

    public ValueTask<Credential?> FindAsync(string connector, string scheme, CancellationToken cancellationToken)
    {
        vault.Refused(connector, scheme);
        return vault.FindAsync(connector, scheme, cancellationToken);
    }
}
