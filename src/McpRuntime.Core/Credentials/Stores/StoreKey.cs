using System.Security.Cryptography;
using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Files;

namespace McpRuntime.Credentials.Stores;

/// <summary>The key of the file store, from a file that the user supplies.</summary>
internal static class StoreKey
{
    public const string Variable = "MCP_RUNTIME_CREDENTIAL_STORE_KEY_FILE";
    public const int LeastCharacters = 32;
    private const int MostBytes = 64 * 1024;

    /// <summary>The content without one line break at the end, for the caller to dispose.</summary>
    /// <exception cref="McpRuntimeException">
    /// The file cannot be read, is too short, or other users can write to it.
    /// </exception>
    public static Secret Read(string path)
    {
        try
        {
            if (
                !OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0
            )
                throw Refused(path, "can be written by other users; run: chmod go-w");
            using var file = RegularFile.OpenRead(path);
            if (file.Length > MostBytes)
                throw Refused(path, $"has {CountText.Of(file.Length, "byte")}; a key has at most {MostBytes}");
            var buffer = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
            var content = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            if (content is [.. var line, (byte)'\n'])
                content = line is [.. var text, (byte)'\r'] ? text : line;
            var isLong = Encoding.UTF8.GetCharCount(content) >= LeastCharacters;
            var key = Secret.FromUtf8(content);
            CryptographicOperations.ZeroMemory(buffer);
            if (isLong)
                return key;
            key.Dispose();
            throw Refused(
                path,
                $"has fewer than {LeastCharacters} characters; write a random key, e.g. with: openssl rand -base64 32"
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The key file '{path}' ({Variable}) cannot be read: {error.Message}", error);
        }
    }

    private static McpRuntimeException Refused(string path, string why) =>
        new($"The key file '{path}' ({Variable}) {why}.");
}
