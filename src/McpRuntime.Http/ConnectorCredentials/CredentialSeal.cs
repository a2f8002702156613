using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.KeyRings;
using McpRuntime.Http.Problems;
using McpRuntime.Network;
using Microsoft.AspNetCore.DataProtection;
using Secret = McpRuntime.Credentials.Secret;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// Encrypts a credential together with what it was confirmed for. Its connector and scheme belong to the purpose, so
/// that a row that someone copied to another connector cannot be decrypted, and one that was changed neither.
/// </summary>
internal sealed class CredentialSeal(KeyRing ring)
{
    public bool IsConfigured => ring.IsConfigured;

    /// <param name="slot">What it is for.</param>
    /// <param name="binding">What it was confirmed for.</param>
    /// <param name="fields">Not disposed; see <see cref="McpRuntime.Credentials.Stores.FieldsJson"/>.</param>
    /// <exception cref="McpRuntimeException">The gateway has no key ring.</exception>
    public string Close(CredentialSlot slot, CredentialBinding binding, Secret fields)
    {
        byte[] plain = [.. Write(binding), (byte)'\n', .. fields.RevealUtf8()];
        try
        {
            return Base64Url.EncodeToString(For(slot).Protect(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <returns>The fields are the caller's to dispose.</returns>
    /// <exception cref="CryptographicException">It is another one's, or the ring has lost its key.</exception>
    /// <exception cref="FormatException">It is not what <see cref="Close"/> gave.</exception>
    public (CredentialBinding Binding, Secret Fields) Open(CredentialSlot slot, string content)
    {
        var plain = For(slot).Unprotect(Base64Url.DecodeFromChars(content));
        try
        {
            var end = plain.AsSpan().IndexOf((byte)'\n');
            return (Read(plain.AsMemory(0, end)), Secret.FromUtf8(plain.AsSpan(end + 1)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private IDataProtector For(CredentialSlot slot) => ring.For("credential", slot.Identity, slot.Scheme);

    private static byte[] Write(CredentialBinding binding)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, binding.Kind);
            writer.WriteTexts("urls"u8, binding.Urls);
            writer.WriteTexts("scopes"u8, binding.Scopes);
            writer.WriteTexts("origins"u8, binding.Origins.Select(origin => origin.ToString()));
            writer.WriteEndObject();
        }
        return text.WrittenSpan.ToArray();
    }

    private static CredentialBinding Read(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return new CredentialBinding(
            root.GetProperty("kind").GetString()!,
            Texts("urls"),
            Texts("scopes"),
            [.. Texts("origins").Select(origin => Origin.Of(new Uri(origin)))]
        );

        string[] Texts(string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
    }
}
