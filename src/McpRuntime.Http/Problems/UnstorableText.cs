using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace McpRuntime.Http.Problems;

/// <summary>Finds text in JSON that JSON allows and nothing behind it can keep.</summary>
internal static class UnstorableText
{
    /// <summary>What is wrong and where, for a message; null where nothing is.</summary>
    /// <param name="element">Any value.</param>
    /// <param name="allowsNul">NUL is let through.</param>
    public static string? FaultOf(JsonElement element, bool allowsNul)
    {
        // Only an escape can write either of them in text that is UTF-8, and hardly any body has one.
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Utf8.IsValid(raw) && raw.IndexOf("\\u"u8) < 0 ? null : FaultOf(element, "", allowsNul);
    }

    private static string? FaultOf(JsonElement element, string pointer, bool allowsNul)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return FaultOf(element.GetString, pointer, allowsNul);
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (FaultOf(item, $"{pointer}/{index++}", allowsNul) is { } fault)
                        return fault;
                }
                return null;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var fault = FaultOf(() => member.Name, pointer, allowsNul)
                        ?? FaultOf(member.Value, $"{pointer}/{member.Name}", allowsNul);
                    if (fault is not null)
                        return fault;
                }
                return null;
            default:
                return null;
        }
    }

    // An escaped half of a surrogate pair is JSON (RFC 8259 section 8.2), but not text.
    private static string? FaultOf(Func<string?> read, string pointer, bool allowsNul)
    {
        var place = pointer.Length == 0 ? "at the top" : $"in '{Diagnostics.UntrustedText.Clean(pointer)}'";
        try
        {
            var hasNul = read()!.Contains('\0', StringComparison.Ordinal);
            return hasNul && !allowsNul ? $"a NUL character {place}" : null;
        }
        catch (InvalidOperationException)
        {
            return $"half of a surrogate pair, or bytes that are not UTF-8, {place}";
        }
    }
}
