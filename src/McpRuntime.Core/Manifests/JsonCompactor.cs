using System.Buffers;

namespace McpRuntime.Manifests;

/// <summary>
/// Takes the blanks between tokens out of JSON text. Schemas are copied into protocol messages as they are, and over
/// stdio a line feed ends a message.
/// </summary>
internal static class JsonCompactor
{
    private static readonly SearchValues<byte> Interesting = SearchValues.Create(" \t\r\n\""u8);

    /// <param name="json">Valid JSON.</param>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        while (!json.IsEmpty)
        {
            var plain = json.IndexOfAny(Interesting);
            if (plain < 0)
                plain = json.Length;
            else if (json[plain] == (byte)'"')
                plain += StringLength(json[plain..]);
            json[..plain].CopyTo(compact.AsSpan(length));
            length += plain;
            json = json[plain..].TrimStart(" \t\r\n"u8);
        }
        return length == compact.Length ? compact : compact[..length];
    }

    private static int StringLength(ReadOnlySpan<byte> text)
    {
        for (var end = 1; ; )
        {
            end += text[end..].IndexOfAny((byte)'"', (byte)'\\');
            if (text[end] == (byte)'"')
                return end + 1;
            end += 2;
        }
    }
}
