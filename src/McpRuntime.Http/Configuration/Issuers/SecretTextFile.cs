using System.Security.Cryptography;
using McpRuntime.Credentials;

namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>A file that holds one secret as text, such as that of a client. It is never part of a message.</summary>
internal static class SecretTextFile
{
    private const int MostBytes = 4096;

    /// <summary>Reads it; why it cannot be used, to follow its name, or null.</summary>
    public static string? Fault(string path, out Secret? secret)
    {
        secret = null;
        byte[] content;
        try
        {
            // Pipes and devices have no length, and reading one could wait for ever.
            var length = new FileInfo(path).Length;
            if (length > MostBytes)
                return $"which has {length} bytes; a secret has at most {MostBytes}.";
            content = length == 0 ? [] : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"which cannot be read: {exception.Message}";
        }
        // An editor adds a line break.
        var text = content.AsSpan().TrimEnd("\r\n"u8);
        secret = text.IsEmpty ? null : Secret.FromUtf8(text);
        CryptographicOperations.ZeroMemory(content);
        return secret is null ? "which is empty." : null;
    }
}
