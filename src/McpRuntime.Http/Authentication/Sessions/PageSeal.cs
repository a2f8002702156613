using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Http.KeyRings;
using Microsoft.AspNetCore.DataProtection;

namespace McpRuntime.Http.Authentication.Sessions;

/// <summary>
/// Encrypts what browsers keep for the gateway: by the key ring, so that every replica reads it and restarts keep it,
/// else by a key of this process.
/// </summary>
internal sealed class PageSeal(KeyRing ring)
{
    private readonly EphemeralDataProtectionProvider _ofProcess = new();

    /// <param name="purpose">What it is; it can be opened for no other.</param>
    /// <param name="fields">What is kept.</param>
    public string Close(string purpose, params string[] fields)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(fields);
        var text = Base64Url.EncodeToString(For(purpose).Protect(plain));
        CryptographicOperations.ZeroMemory(plain);
        return text;
    }

    /// <summary>The fields; null for anything that was not closed here for this purpose, or was changed.</summary>
    public string[]? Open(string purpose, string text)
    {
        byte[] plain;
        try
        {
            plain = For(purpose).Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
        var fields = JsonSerializer.Deserialize<string[]>(plain);
        CryptographicOperations.ZeroMemory(plain);
        return fields;
    }

    private IDataProtector For(string purpose) =>
        ring.IsConfigured ? ring.For("page", purpose) : _ofProcess.CreateProtector(["mcp-runtime", "page", purpose]);
}
