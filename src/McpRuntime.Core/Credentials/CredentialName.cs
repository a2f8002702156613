using System.Text;

namespace McpRuntime.Credentials;

/// <summary>
/// Names of environment variables and files. Letters are upper-cased, digits stay, and every other character becomes
/// <c>_HH</c> of its UTF-8 bytes: no coded name holds or ends with a lone <c>_</c>, so <c>__</c> separates without doubt
/// and two connectors, whose names are lower-case, never mean one variable.
/// </summary>
public static class CredentialName
{
    public const string Prefix = "MCP_RUNTIME_CREDENTIAL";

    private static readonly string[] FieldNames =
    [
        "VALUE", "USERNAME", "PASSWORD", "TOKEN", "CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN",
        "CERTIFICATE", "PRIVATE_KEY", "PKCS12", "PASSPHRASE", "ORIGINS",
    ];

    /// <summary>E.g. <c>MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE</c>.</summary>
    public static string For(string connector, string scheme, CredentialField field) =>
        $"{Prefix}__{Code(connector)}__{Code(scheme)}__{FieldNames[(int)field]}";

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
        return index >= 0 ? (CredentialField)index : throw new FormatException($"'{word}' is no field of a credential; there are {string.Join(", ", FieldNames).ToLowerInvariant()}.");

        static string Plain(string text) => text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
    }

    /// <summary>Name of the setting that fills a server variable, e.g. <c>MCP_RUNTIME_SERVER__PETSTORE__REGION</c>.</summary>
    public static string ForServerVariable(string connector, string variable) => $"MCP_RUNTIME_SERVER__{Code(connector)}__{Code(variable)}";

    /// <summary>One part of a name, coded.</summary>
    public static string Code(string name)
    {
        var coded = new StringBuilder(name.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                coded.Append(char.ToUpperInvariant((char)rune.Value));
                continue;
            }
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                coded.Append('_').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return coded.ToString();
    }
}
