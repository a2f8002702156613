using System.Text;

namespace McpRuntime.Search.Words;

/// <summary>
/// Splits texts and identifiers into words: at punctuation, between a small and a capital letter, and before the last
/// capital letter of a row (<c>HTTPServer</c> is <c>http</c>, <c>server</c>). Digits stay with the letters before them.
/// A row of Chinese or Japanese characters is one word.
/// </summary>
internal static class WordSplitter
{
    /// <summary>The words in small letters and without accents.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        foreach (var range in Ranges(text))
            words.Add(Fold(text.AsSpan()[range]));
        return words;
    }

    /// <summary>Where the words are.</summary>
    public static IEnumerable<Range> Ranges(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            if (!char.IsLetterOrDigit(text[start]))
            {
                start++;
                continue;
            }
            var end = start + 1;
            while (
                end < text.Length
                && (char.IsLetterOrDigit(text[end]) || text[end] is >= '\u0300' and <= '\u036F')
                && !IsBoundary(text, end)
            )
                end++;
            yield return start..end;
            start = end;
        }
    }

    /// <summary>Small letters without accents; <c>ß</c> is <c>ss</c>.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word))
            return string.Create(word.Length, word, static (target, source) => source.ToLowerInvariant(target));
        var folded = new StringBuilder(word.Length + 2);
        foreach (var c in word)
            Append(folded, char.ToLowerInvariant(c));
        return folded.ToString();
    }

    /// <summary>Chinese characters and the two Japanese syllabaries, whose words are written without spaces.</summary>
    public static bool IsUnspaced(char c) =>
        c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF';

    // The console runs without tables of Unicode, so that string.Normalize does nothing there.
    private static void Append(StringBuilder folded, char c)
    {
        switch (c)
        {
            case >= 'à' and <= 'å':
                folded.Append('a');
                break;
            case 'ç':
                folded.Append('c');
                break;
            case >= 'è' and <= 'ë':
                folded.Append('e');
                break;
            case >= 'ì' and <= 'ï':
                folded.Append('i');
                break;
            case 'ñ':
                folded.Append('n');
                break;
            case >= 'ò' and <= 'ö' or 'ø':
                folded.Append('o');
                break;
            case >= 'ù' and <= 'ü':
                folded.Append('u');
                break;
            case 'ý' or 'ÿ':
                folded.Append('y');
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case 'æ':
                folded.Append("ae");
                break;
            case 'œ':
                folded.Append("oe");
                break;
            // Accents that are their own characters.
            case >= '\u0300' and <= '\u036F':
                break;
            default:
                folded.Append(c);
                break;
        }
    }

    private static bool IsBoundary(string text, int at)
    {
        var (before, here) = (text[at - 1], text[at]);
        if (IsUnspaced(before) != IsUnspaced(here))
            return true;
        if (!char.IsUpper(here))
            return char.IsDigit(before) && char.IsLetter(here) && at >= 2 && char.IsDigit(text[at - 2]);
        return !char.IsUpper(before) || (at + 1 < text.Length && char.IsLower(text[at + 1]) && !IsPlural(text, at + 1));
    }

    // 'URLs' and 'IDs' are one word.
    private static bool IsPlural(string text, int at) =>
        text[at] == 's' && (at + 1 == text.Length || !char.IsLower(text[at + 1]));
}
