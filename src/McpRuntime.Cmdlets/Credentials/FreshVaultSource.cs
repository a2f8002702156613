using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The vaults for someone who keeps what he was given himself, and asks again only because it has changed or was
/// refused: a copy from before is of no use to him.
/// </summary>
internal sealed class FreshVaultSource(VaultCredentialSource vault) : ICredentialSource
{
    public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) => vault.HowToSet(key, fields);

    public string? HowToSignIn(CredentialKey key) => vault.HowToSignIn(key);

    public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        vault.Refused(key);
        return vault.FindAsync(key, cancellationToken);
    }
}
