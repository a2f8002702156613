using System.Buffers;
using System.Text;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Patterns as they are written in code: between delimiters, with flags behind them (<c>/^[a-z]+$/i</c>), or in quotes.
/// As a regular expression the delimiters would be letters of the text.
/// </summary>
internal static class PatternDelimiters
{
    private static readonly SearchValues<char> Flags = SearchValues.Create("gimsuyxvADU");
    private static readonly SearchValues<char> Operators = SearchValues.Create("[(*+?|\\");

    /// <summary>The pattern between the delimiters; null where there are none.</summary>
    /// <param name="source">As the document has it.</param>
    /// <param name="flags">The flags; empty for none.</param>
    internal static string? Strip(string source, out string flags)
    {
        flags = "";
        if (source.Length < 3)
            return null;
        var delimiter = source[0];
        var end = source.LastIndexOf(delimiter);
        if (end < 2 || source.AsSpan(end + 1).ContainsAnyExcept(Flags))
            return null;
        var inner = source[1..end];
        flags = source[(end + 1)..];
        return delimiter switch
        {
            '/' => IsBetweenSlashes(inner, flags) ? inner : null,
            // A text cannot begin after it has begun.
            '#' or '~' or '%' or '@' or '!' or '"' or '\'' or '`' => inner[0] == '^' || inner[^1] == '$' ? inner : null,
            _ => null,
        };
    }

    // A pattern about paths has its own slashes.
    private static bool IsBetweenSlashes(string inner, string flags)
    {
        if (inner[0] == '^' || inner[^1] == '$')
            return true;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\')
                i++;
            else if (inner[i] == '/')
                return false;
        }
        return flags.Length > 0 || inner.AsSpan().ContainsAny(Operators);
    }

    /// <summary>The pattern with both cases of each ASCII letter, as the flag <c>i</c> has it.</summary>
    internal static string IgnoreCase(string pattern)
    {
        var output = new StringBuilder(pattern.Length + 16);
        var isClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
                i = CopyEscape(pattern, i, output);
            else if (!isClass && c == '(' && i + 2 < pattern.Length && pattern[i + 1] == '?')
                i = CopyGroup(pattern, i, output);
            else if (isClass && char.IsAsciiLetter(c))
                i = AppendRange(pattern, i, output);
            else if (char.IsAsciiLetter(c))
                output.Append('[').Append(c).Append(Other(c)).Append(']');
            else
            {
                isClass = c == '[' || (isClass && c != ']');
                output.Append(c);
            }
        }
        return output.ToString();
    }

    private static int AppendRange(string pattern, int i, StringBuilder output)
    {
        var first = pattern[i];
        if (i + 2 < pattern.Length && pattern[i + 1] == '-' && char.IsAsciiLetter(pattern[i + 2]))
        {
            var last = pattern[i + 2];
            output.Append(first).Append('-').Append(last);
            if (char.IsAsciiLetterUpper(first) == char.IsAsciiLetterUpper(last))
                output.Append(Other(first)).Append('-').Append(Other(last));
            return i + 2;
        }
        output.Append(first).Append(Other(first));
        return i;
    }

    // \d, \p{L}, é, \x41, \k<name>: what is escaped is copied, with what belongs to it.
    private static int CopyEscape(string pattern, int i, StringBuilder output)
    {
        var end = i + 2;
        var next = pattern[i + 1];
        if (next is 'p' or 'P' or 'u' or 'k' && end < pattern.Length && pattern[end] is '{' or '<')
            end = pattern.IndexOfAny(['}', '>'], end) is var close and >= 0 ? close + 1 : pattern.Length;
        else if (next is 'x' or 'u' or 'c')
            end = Math.Min(
                pattern.Length,
                i
                    + next switch
                    {
                        'x' => 4,
                        'u' => 6,
                        _ => 3,
                    }
            );
        output.Append(pattern, i, end - i);
        return end - 1;
    }

    // (?:, (?=, (?<name>: the letters of a name are no text.
    private static int CopyGroup(string pattern, int i, StringBuilder output)
    {
        var end = i + 3;
        if (pattern[i + 2] is '<' or 'P' && !(i + 3 < pattern.Length && pattern[i + 3] is '=' or '!'))
            end = pattern.IndexOf('>', i) is var close and >= 0 ? close + 1 : pattern.Length;
        output.Append(pattern, i, end - i);
        return end - 1;
    }

    private static char Other(char letter) =>
        char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter);
}
