using System.Security.Cryptography;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Configuration;

/// <summary>Reads <see cref="KeyRingSettings"/>. What the files hold is never part of a message.</summary>
internal static class KeyRingSettingsReader
{
    private const string KeyFile = "KEY_RING_KEY_FILE";
    private const string OtherFiles = "KEY_RING_OTHER_KEY_FILES";
    private const int LeastBytes = 32;
    private const int MostBytes = 64 * 1024;
    private const int LeastDifferentBytes = 12;

    public static KeyRingSettings Read(SettingValues values)
    {
        var others = values.List(OtherFiles);
        if (values.Text(KeyFile) is { } path)
            return new()
            {
                Key = Read(values, KeyFile, path),
                Others = [.. others.Select(other => Read(values, OtherFiles, other)).OfType<WrappingKey>()],
            };
        if (others.Count > 0)
            values.Object(
                $"{SettingValues.Prefix}{OtherFiles} is set without {SettingValues.Prefix}{KeyFile}, which names the "
                    + "file of the key that wraps new keys."
            );
        return new();
    }

    private static WrappingKey? Read(SettingValues values, string setting, string path)
    {
        if (Fault(path, out var key) is { } fault)
            values.Object($"{SettingValues.Prefix}{setting} names '{path}', {fault}");
        return key;
    }

    private static string? Fault(string path, out WrappingKey? key)
    {
        key = null;
        byte[] content;
        try
        {
            // Pipes and devices have no length, and reading one could wait for ever.
            var length = new FileInfo(path).Length;
            if (length > MostBytes)
                return $"which has {length} bytes; a key has at most {MostBytes}.";
            content = length == 0 ? [] : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"which cannot be read: {exception.Message}";
        }
        try
        {
            // An editor adds a line break, and another one might not.
            var secret = content.AsSpan().TrimEnd("\r\n"u8);
            if (secret.Length < LeastBytes)
                return $"which has {CountText.Of(secret.Length, "byte")}; the key takes at least {LeastBytes}, e.g. of "
                    + "'openssl rand -base64 48'.";
            if (secret.ToArray().Distinct().Count() < LeastDifferentBytes)
                return "whose content can be guessed; use random bytes, e.g. of 'openssl rand -base64 48'.";
            key = new WrappingKey(secret);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
