using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Credentials.Stores;

/// <summary>
/// Names of the secrets that McpRuntime makes: <c>mcp-READABLE-HASH</c>. They fit every vault, Azure Key Vault's
/// <c>[0-9a-zA-Z-]{1,127}</c>, which ignores case, included. The hash keeps two connectors apart whose readable parts
/// are the same, such as <c>@a/b</c> and <c>a-b</c>.
/// </summary>
public static class SecretName
{
    private const string Prefix = "mcp-";
    private const int ReadableLength = 60;
    private const int HashLength = 26;

    // RFC 4648 section 6, in lower case.
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The name of a user's credential; one of the default profile is named without it.</summary>
    public static string Of(CredentialKey key)
    {
        var isDefault = key.Profile == CredentialKey.DefaultProfile;
        var text = $"{key.Connector}\0{key.Scheme}{(isDefault ? "" : $"\0{key.Profile}")}";
        var readable = Readable($"{key.Connector}-{key.Scheme}{(isDefault ? "" : $"-{key.Profile}")}");
        return $"{Prefix}{readable}-{Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Readable(string text)
    {
        var readable = new StringBuilder(ReadableLength);
        foreach (var c in text)
        {
            if (readable.Length == ReadableLength)
                break;
            if (char.IsAsciiLetterOrDigit(c))
                readable.Append(char.ToLowerInvariant(c));
            else if (readable.Length > 0 && readable[^1] != '-')
                readable.Append('-');
        }
        return readable.ToString().TrimEnd('-');
    }

    // Five bits a character; 26 of them are 130 bits of the hash.
    private static string Encode(ReadOnlySpan<byte> hash)
    {
        Span<char> text = stackalloc char[HashLength];
        for (var i = 0; i < HashLength; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            text[i] = Base32[(pair >> (11 - (bit % 8))) & 31];
        }
        return new string(text);
    }
}
