using McpRuntime.Configuration;

namespace McpRuntime.Credentials;

/// <summary>
/// Names of the environment variables and files of credentials, coded as in <see cref="SettingName"/>.
/// </summary>
public static class CredentialName
{
    public const string Prefix = "MCP_RUNTIME_CREDENTIAL";

    private static readonly string[] FieldNames =
    [
        "VALUE",
        "USERNAME",
        "PASSWORD",
        "TOKEN",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "REFRESH_TOKEN",
        "CERTIFICATE",
        "PRIVATE_KEY",
        "PKCS12",
        "PASSPHRASE",
        "ORIGINS",
    ];

    /// <summary>E.g. <c>MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE</c>.</summary>
    /// <setting name="CREDENTIAL__CONNECTOR__SCHEME__FIELD" values="text" otherwise="none">
    /// A field of a credential of a connector, see <see href="docs/secrets.md">Secrets</see>. In names of connectors
    /// and schemes, letters are upper-cased and every character that is not a letter or digit becomes <c>_HH</c>, its
    /// UTF-8 bytes in hexadecimal.
    /// </setting>
    public static string For(string connector, string scheme, CredentialField field) =>
        $"{Prefix}__{SettingName.Code(connector)}__{SettingName.Code(scheme)}__{FieldNames[(int)field]}";

    /// <summary>How the names of a field end, e.g. <c>__VALUE</c>.</summary>
    internal static string Suffix(CredentialField field) => $"__{FieldNames[(int)field]}";

    /// <summary>The word of a field, e.g. <c>client_id</c>, where fields are kept together.</summary>
    public static string Of(CredentialField field) => FieldNames[(int)field].ToLowerInvariant();

    /// <summary>Undoes <see cref="Of"/>; case, <c>-</c> and <c>_</c> do not matter.</summary>
    /// <exception cref="FormatException">There is no such field.</exception>
    public static CredentialField FieldOf(string word)
    {
        var plain = Plain(word);
        var index = Array.FindIndex(FieldNames, name => Plain(name).Equals(plain, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? (CredentialField)index
            : throw new FormatException(
                $"'{word}' is not a field of a credential; fields are "
                    + $"{string.Join(", ", FieldNames).ToLowerInvariant()}."
            );

        static string Plain(string text) =>
            text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
    }
}
