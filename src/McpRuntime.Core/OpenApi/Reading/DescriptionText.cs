using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Descriptions of tools and arguments: cleaned, Markdown kept, cut at the end of a sentence.</summary>
internal static class DescriptionText
{
    /// <summary>Characters (UTF-16 code units) of one description.</summary>
    internal const int MaxLength = 1000;

    private const int MaxTitle = 100;

    /// <summary>
    /// Summary and description in one; the summary only where the description does not say it already.
    /// </summary>
    internal static string Join(string? summary, string? description) =>
        JoinClean(UntrustedText.CleanMultiline(summary), UntrustedText.CleanMultiline(description));

    /// <summary>The same for UTF-8, without a copy: most descriptions are long.</summary>
    internal static string Join(string? summary, JsonElement description)
    {
        if (description.ValueKind != JsonValueKind.String)
            return Join(summary, (string?)null);
        var raw = JsonMarshal.GetRawUtf8Value(description);
        var text = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            return JsonRead.TryCopy(raw, text, out var length) && UntrustedText.IsCleanMultiline(text.AsSpan(0, length))
                ? JoinClean(UntrustedText.CleanMultiline(summary), text.AsSpan(0, length).Trim())
                : Join(summary, JsonRead.Text(description));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>Null for nothing.</summary>
    internal static string? OrNull(string? text)
    {
        var clean = Cut(UntrustedText.CleanMultiline(text));
        return clean.Length == 0 ? null : clean;
    }

    /// <summary>One line that is short enough to be a title; null otherwise.</summary>
    internal static string? Title(string? text)
    {
        var clean = UntrustedText.Clean(text);
        return clean.Length is 0 or > MaxTitle ? null : clean;
    }

    private static string JoinClean(string first, ReadOnlySpan<char> second)
    {
        if (first.Length == 0 || second.StartsWith(first.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            return Cut(second.ToString());
        if (second.Length == 0)
            return Cut(first);
        return Cut(string.Concat(first, "\n\n", second));
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
            return text;
        var end = -1;
        for (var i = MaxLength - 2; i > MaxLength / 2; i--)
        {
            if (text[i] is '\n' || (text[i] is '.' or '!' or '?' && char.IsWhiteSpace(text[i + 1])))
            {
                end = text[i] == '\n' ? i : i + 1;
                break;
            }
        }
        if (end > 0)
            return text[..end].TrimEnd();
        var space = text.LastIndexOf(' ', MaxLength - 2);
        return space > MaxLength / 2
            ? string.Concat(text.AsSpan(0, space).TrimEnd(), "…")
            : UntrustedText.Shorten(text, MaxLength);
    }
}
