using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The vaults' credentials by their records alone, for -WhatIf: a vault that is opened may ask for a password or start
/// a program of its own, and the value would be masked in any case.
/// </summary>
/// <param name="vault">Says how a credential is set.</param>
/// <param name="records">Which credentials there are.</param>
internal sealed class RecordedCredentials(VaultCredentialSource vault, SecretRecordStore records) : ICredentialSource
{
    public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) => vault.HowToSet(key, fields);

    public string? HowToSignIn(CredentialKey key) => vault.HowToSignIn(key);

    public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (records.Find(key) is not { } record)
            return ValueTask.FromResult<Credential?>(null);
        if (record.Fields.Contains(CredentialField.Certificate) || record.Fields.Contains(CredentialField.Pkcs12))
            throw new McpRuntimeException(
                $"The certificate '{key.Scheme}' of {key.Label} is in the vault '{record.Vault}', which is not "
                    + $"opened for -WhatIf."
            );
        IEnumerable<CredentialField> fields = record.IsSignIn ? [CredentialField.Token] : record.Fields;
        return ValueTask.FromResult<Credential?>(
            new Credential(
                $"vault '{record.Vault}'",
                fields.Select(field => KeyValuePair.Create(field, new Secret("***")))
            )
            {
                IsApprovedInPowerShell = true,
            }
        );
    }
}
