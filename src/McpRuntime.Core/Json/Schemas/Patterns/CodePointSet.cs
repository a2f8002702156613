using System.Globalization;
using System.Text;

namespace McpRuntime.Json.Schemas.Patterns;

/// <summary>
/// A set of Unicode code points, written as a .NET pattern over UTF-16: what lies above U+FFFF becomes pairs of
/// surrogates, so that one code point is one character as it is for ECMA-262 with the <c>u</c> flag.
/// </summary>
internal sealed class CodePointSet
{
    public const int Last = 0x10FFFF;

    private readonly List<(int First, int Last)> _ranges = [];
    private readonly StringBuilder _categories = new();

    public static CodePointSet Digits => new CodePointSet().Add('0', '9');

    public static CodePointSet WordCharacters =>
        new CodePointSet().Add('0', '9').Add('A', 'Z').Add('_', '_').Add('a', 'z');

    /// <summary>ECMA-262, WhiteSpace and LineTerminator.</summary>
    public static CodePointSet WhiteSpace =>
        new CodePointSet()
            .Add('\t', '\r')
            .Add(' ', ' ')
            .Add(0xA0, 0xA0)
            .Add(0x1680, 0x1680)
            .Add(0x2000, 0x200A)
            .Add(0x2028, 0x2029)
            .Add(0x202F, 0x202F)
            .Add(0x205F, 0x205F)
            .Add(0x3000, 0x3000)
            .Add(0xFEFF, 0xFEFF);

    /// <summary>ECMA-262, LineTerminator: what <c>.</c> does not match.</summary>
    public static CodePointSet LineTerminators =>
        new CodePointSet().Add('\n', '\n').Add('\r', '\r').Add(0x2028, 0x2029);

    public CodePointSet Add(int first, int last)
    {
        _ranges.Add((first, last));
        return this;
    }

    /// <summary>
    /// Adds a general category as .NET writes it, e.g. <c>\p{Lu}</c>; of the Basic Multilingual Plane only.
    /// </summary>
    public CodePointSet AddCategory(string category)
    {
        _categories.Append(category);
        return this;
    }

    public void AddAll(CodePointSet other)
    {
        _ranges.AddRange(other._ranges);
        _categories.Append(other._categories);
    }

    /// <summary>The code points that are not in the set, which holds no categories.</summary>
    public CodePointSet Complement()
    {
        var complement = new CodePointSet();
        var next = 0;
        foreach (var (first, last) in Merged(_ranges))
        {
            if (first > next)
                complement.Add(next, first - 1);
            next = last + 1;
        }

        return next <= Last ? complement.Add(next, Last) : complement;
    }

    /// <summary>Writes a group that matches one code point.</summary>
    /// <param name="isNegated">It matches one that is not in the set.</param>
    /// <param name="pattern">Receives the pattern.</param>
    public void Write(bool isNegated, StringBuilder pattern)
    {
        if (isNegated && _categories.Length == 0)
        {
            Complement().Write(isNegated: false, pattern);
            return;
        }

        var basic = new StringBuilder();
        var pairs = new StringBuilder();
        foreach (var (first, last) in Merged(_ranges))
        {
            if (first <= 0xD7FF)
                WriteRange(basic, first, Math.Min(last, 0xD7FF));
            if (first <= 0xFFFF && last >= 0xE000)
                WriteRange(basic, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
            if (last > 0xFFFF && !isNegated)
                WritePairs(pairs, Math.Max(first, 0x10000), last);
        }

        basic.Append(_categories);
        if (isNegated)
        {
            pattern.Append("(?:[^\\uD800-\\uDFFF").Append(basic).Append("]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])");
            return;
        }

        // An empty set matches nothing: no character is outside of all characters.
        if (pairs.Length == 0)
            pattern.Append('[').Append(basic.Length == 0 ? "^\\u0000-\\uFFFF" : basic).Append(']');
        else
            pattern.Append("(?:").Append(basic.Length == 0 ? "" : $"[{basic}]|").Append(pairs).Append(')');
    }

    private static List<(int First, int Last)> Merged(List<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>(ranges.Count);
        foreach (var (first, last) in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            else
                merged.Add((first, last));
        }

        return merged;
    }

    private static void WritePairs(StringBuilder pairs, int first, int last)
    {
        // Pairs with one high surrogate each, but for the whole blocks in the middle, which share one term.
        while (first <= last)
        {
            var high = High(first);
            var isWhole = Low(first) == 0xDC00 && last - first >= 0x3FF;
            var end = isWhole ? first + (((last - first + 1) >> 10) << 10) - 1 : Math.Min(last, first | 0x3FF);
            if (pairs.Length > 0)
                pairs.Append('|');
            pairs.Append('[');
            WriteRange(pairs, high, High(end));
            pairs.Append("][");
            WriteRange(pairs, Low(first), isWhole ? 0xDFFF : Low(end));
            pairs.Append(']');
            first = end + 1;
        }

        static int High(int codePoint) => 0xD800 + ((codePoint - 0x10000) >> 10);
        static int Low(int codePoint) => 0xDC00 + ((codePoint - 0x10000) & 0x3FF);
    }

    private static void WriteRange(StringBuilder pattern, int first, int last)
    {
        pattern.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
        if (last > first)
            pattern.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
    }
}
