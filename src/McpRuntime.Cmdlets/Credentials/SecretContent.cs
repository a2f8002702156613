using System.Collections;
using System.Management.Automation;
using System.Security;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// What a vault holds for a scheme. A secret of the module's own is one SecureString, which every vault takes, with a
/// JSON object of the fields; a secret of the user's is whatever the user put there.
/// </summary>
internal static class SecretContent
{
    /// <summary>The fields as one SecureString.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="stamp">Tells this secret from the one before; see <see cref="SecretRecord.Stamp"/>.</param>
    public static SecureString Write(IReadOnlyDictionary<CredentialField, Secret> fields, string stamp)
    {
        using var content = FieldsJson.Write(fields, stamp);
        return SecretText.ToSecureString(content.RevealUtf8().ToArray());
    }

    /// <summary>The fields of what a vault gave.</summary>
    /// <param name="content">The secret; null where the vault has none.</param>
    /// <param name="record">Where it was.</param>
    /// <param name="isOutdated">The vault gave the secret before the one that was recorded.</param>
    /// <exception cref="VaultException">It is not there, or of a type that holds no fields.</exception>
    public static IReadOnlyDictionary<CredentialField, Secret> Read(
        object? content,
        SecretRecord record,
        out bool isOutdated
    )
    {
        isOutdated = false;
        switch (content)
        {
            case null:
                throw new VaultException(
                    ErrorId.SecretNotFound,
                    ErrorCategory.ObjectNotFound,
                    $"The vault '{record.Vault}' no longer has the secret '{record.SecretName}'. Set the "
                        + $"credential again with Set-McpCredential."
                );
            case SecureString or string:
                using (var text = content is SecureString secure ? secure.ToSecret() : new Secret((string)content))
                    return record.IsOwn ? Single(text, record) : ReadFields(text, record, out isOutdated);
            case PSCredential credential:
                return record.Fields is [var user, var password, ..]
                    ? new Dictionary<CredentialField, Secret>
                    {
                        [user] = new(credential.UserName),
                        [password] = credential.Password.ToSecret(),
                    }
                    : new Dictionary<CredentialField, Secret> { [record.Fields[0]] = credential.Password.ToSecret() };
            case Hashtable table:
                return FromTable(table, record);
            default:
                throw NotSupported(record, $"is of the type {content.GetType().Name}");
        }
    }

    private static Dictionary<CredentialField, Secret> Single(Secret text, SecretRecord record) =>
        record.Fields is [var field]
            ? new Dictionary<CredentialField, Secret> { [field] = Secret.FromUtf8(text.RevealUtf8()) }
            : throw NotSupported(
                record,
                $"is one text, but {Words(record.Fields)} are needed: make it a PSCredential, or a hashtable "
                    + $"with these keys"
            );

    private static Dictionary<CredentialField, Secret> ReadFields(Secret text, SecretRecord record, out bool isOutdated)
    {
        isOutdated = false;
        try
        {
            var fields = FieldsJson.Read(text, out var stamp);
            isOutdated = record.Stamp is not null && record.Stamp != stamp;
            return fields;
        }
        catch (McpRuntimeException)
        {
            throw NotSupported(record, "is not what Set-McpCredential wrote; set the credential again");
        }
    }

    private static Dictionary<CredentialField, Secret> FromTable(Hashtable table, SecretRecord record)
    {
        var fields = new Dictionary<CredentialField, Secret>();
        foreach (DictionaryEntry entry in table)
        {
            CredentialField field;
            try
            {
                field = CredentialName.FieldOf(entry.Key.ToString() ?? "");
            }
            catch (FormatException)
            {
                continue;
            }
            fields[field] = entry.Value switch
            {
                SecureString secure => secure.ToSecret(),
                string text => new Secret(text),
                _ => throw NotSupported(record, $"has a '{entry.Key}' that is neither text nor a SecureString"),
            };
        }
        return fields.Count > 0
            ? fields
            : throw NotSupported(
                record,
                $"is a hashtable without any of the keys that are needed: {Words(record.Fields)}"
            );
    }

    private static VaultException NotSupported(SecretRecord record, string reason) =>
        new(
            ErrorId.SecretTypeNotSupported,
            ErrorCategory.InvalidType,
            $"The secret '{record.SecretName}' in the vault '{record.Vault}' {reason}. A SecureString, "
                + $"String, PSCredential or Hashtable can be used."
        );

    private static string Words(IEnumerable<CredentialField> fields) =>
        string.Join(" and ", fields.Select(CredentialName.Of));
}
