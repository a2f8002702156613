using System.Buffers;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// Between PowerShell's <see cref="SecureString"/> and Core's <see cref="Secret"/>, without a string on the way.
/// </summary>
internal static class SecretText
{
    public static Secret ToSecret(this SecureString secure)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secure);
        var characters = GC.AllocateUninitializedArray<char>(secure.Length, pinned: true);
        try
        {
            Marshal.Copy(pointer, characters, 0, characters.Length);
            return new Secret(characters);
        }
        finally
        {
            Array.Clear(characters);
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>UTF-8 text as a SecureString; the bytes are cleared.</summary>
    public static SecureString ToSecureString(Span<byte> utf8)
    {
        var characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetCharCount(utf8));
        try
        {
            var secure = new SecureString();
            foreach (var c in characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, characters)))
                secure.AppendChar(c);
            secure.MakeReadOnly();
            return secure;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
            ArrayPool<char>.Shared.Return(characters, clearArray: true);
        }
    }
}
