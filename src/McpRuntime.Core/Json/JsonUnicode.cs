using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Json;

/// <summary>Finds escapes that JSON allows (RFC 8259 section 8.2) and that are not text.</summary>
public static class JsonUnicode
{
    /// <summary>An escape in a value is half of a surrogate pair without the other half.</summary>
    public static bool HasHalfCharacter(JsonElement value) => HasHalfCharacter(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>The same for the text of valid JSON.</summary>
    public static bool HasHalfCharacter(ReadOnlySpan<byte> json)
    {
        var isOpen = false;
        for (var at = json.IndexOf((byte)'\\'); at >= 0 && at + 1 < json.Length; )
        {
            var unit =
                json[at + 1] == 'u' && Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort value, out _, 'x')
                    ? (char)value
                    : '\0';
            if (char.IsLowSurrogate(unit) != isOpen)
                return true;
            isOpen = char.IsHighSurrogate(unit);
            at += json[at + 1] == 'u' ? 6 : 2;
            var next = json[at..].IndexOf((byte)'\\');
            if (isOpen && next != 0)
                return true;
            at = next < 0 ? -1 : at + next;
        }
        return isOpen;
    }
}
