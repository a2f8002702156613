using System.Buffers;
using System.Text;
using McpRuntime.Json.Schemas.Patterns;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Patterns in the spelling that validators take: ECMA-262 with the <c>u</c> flag (JSON Schema 2020-12 section 6.4),
/// where authors wrote for other engines. The meaning stays; a pattern that has none in ECMA-262 is left out.
/// </summary>
internal sealed class PatternSpelling
{
    private static readonly SearchValues<char> Operators = SearchValues.Create("^$[](){}|*+?\\");

    // What authors write about a date, a time or a name of a format where a regular expression belongs.
    private static readonly HashSet<string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        "date",
        "date-time",
        "datetime",
        "time",
        "email",
        "uuid",
        "guid",
        "uri",
        "url",
        "ipv4",
        "ipv6",
        "string",
        "number",
        "integer",
    };

    private readonly Dictionary<string, (string? Pattern, string? Problem, string? Repair)> _known = new(
        StringComparer.Ordinal
    );

    /// <summary>The pattern, null where it is none, and why; and what was repaired in it.</summary>
    internal (string? Pattern, string? Problem, string? Repair) Of(string source)
    {
        if (!_known.TryGetValue(source, out var known))
            _known.Add(source, known = Read(source));
        return known;
    }

    private static (string? Pattern, string? Problem, string? Repair) Read(string source)
    {
        if (IsMask(source))
            return (null, null, "names a format and is not a regular expression; ignored");
        if (PatternDelimiters.Strip(source, out var flags) is not { } inner)
            return Spelled(source);
        // Dots, ends of lines and blanks would mean something else.
        if (flags.AsSpan().ContainsAny("msx"))
            return (null, null, $"has the flags '{flags}', which JSON Schema does not have; ignored");
        var (stripped, wrong, repair) = Spelled(inner);
        if (stripped is null)
            return (null, wrong, null);
        repair = repair is null ? "is read without its delimiters" : $"is read without its delimiters and {repair}";
        return flags.Contains('i', StringComparison.Ordinal)
            ? (PatternDelimiters.IgnoreCase(stripped), null, repair + " and matches both cases, as its flag asks")
            : (stripped, null, repair);
    }

    // yyyy-MM-dd, HH:mm:ss, date-time: letters of a format, and nothing that only a regular expression has.
    private static bool IsMask(string source)
    {
        if (Formats.Contains(source))
            return true;
        return source.Length > 3
            && !source.AsSpan().ContainsAny(Operators)
            && (
                source.Contains("yyyy", StringComparison.OrdinalIgnoreCase)
                || source.Contains("HH:mm", StringComparison.OrdinalIgnoreCase)
                || source.Contains("dd/MM", StringComparison.OrdinalIgnoreCase)
                || source.Contains("MM/dd", StringComparison.OrdinalIgnoreCase)
            );
    }

    // Only what means something else in ECMA-262 is a repair; a needless backslash is not.
    private static (string? Pattern, string? Problem, string? Repair) Spelled(string source)
    {
        var problem = Check(source, out var leniency);
        if (problem is null && leniency is null)
            return (source, null, null);
        var replaced = new List<string>();
        var respelled = Respell(source, replaced);
        if (Check(respelled, out leniency) is not null || leniency is not null)
            return (problem is null ? source : null, problem, null);
        return (
            respelled,
            null,
            replaced.Count == 0 ? null : "is read with " + string.Join(" and ", replaced.Distinct())
        );
    }

    // The grammar alone: to build an expression would cost more than all else that is done with a schema.
    private static string? Check(string source, out string? leniency)
    {
        leniency = null;
        try
        {
            leniency = EcmaPattern.Translate(source).Leniency;
            return null;
        }
        catch (FormatException problem)
        {
            return problem.Message;
        }
    }

    private static string Respell(string source, List<string> replaced)
    {
        var pattern = new StringBuilder(source.Length + 8);
        var isClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            var next = i + 1 < source.Length ? source[i + 1] : '\0';
            switch (c)
            {
                case '\\' when next is 'p' or 'P' or 'u' && i + 2 < source.Length && source[i + 2] == '{':
                    i = CopyBraces(source, i, pattern);
                    break;
                // The ends of the text in Perl, Python and .NET.
                case '\\' when !isClass && next is 'A' or 'z' or 'Z':
                    Replace(source.Substring(i, 2), next == 'A' ? "^" : "$", pattern, replaced);
                    i++;
                    break;
                case '\\' when next != '\0':
                    pattern.Append(Escape(next, isClass));
                    i++;
                    break;
                case '[' when !isClass:
                    isClass = true;
                    pattern.Append(c);
                    break;
                case ']' when isClass:
                    isClass = false;
                    pattern.Append(c);
                    break;
                case ']':
                    pattern.Append("\\]");
                    break;
                case '-' when isClass && IsLiteralHyphen(source, i, pattern):
                    pattern.Append("\\-");
                    break;
                case '{' when !isClass && IsQuantifier(source, i):
                    i = CopyBraces(source, i, pattern);
                    break;
                case '{' or '}' when !isClass:
                    pattern.Append('\\').Append(c);
                    break;
                // Python's named groups.
                case '(' when source.AsSpan(i).StartsWith("(?P<", StringComparison.Ordinal):
                    Replace("(?P<", "(?<", pattern, replaced);
                    i += 3;
                    break;
                default:
                    pattern.Append(c);
                    break;
            }
        }
        return pattern.ToString();
    }

    private static void Replace(string old, string with, StringBuilder pattern, List<string> replaced)
    {
        pattern.Append(with);
        replaced.Add($"'{with}' in place of '{old}'");
    }

    private static string Escape(char next, bool isClass) =>
        next switch
        {
            '-' when !isClass => "-",
            _ when char.IsAsciiLetterOrDigit(next)
                    || "^$\\.*+?()[]{}|/-".Contains(next, StringComparison.Ordinal)
                    || !char.IsAscii(next) => $"\\{next}",
            _ => next.ToString(),
        };

    // Between a class such as \w and anything, a hyphen cannot make a range.
    private static bool IsLiteralHyphen(string source, int i, StringBuilder before)
    {
        var isFirst = before[^1] == '[' || (before[^1] == '^' && before.Length > 1 && before[^2] == '[');
        if (isFirst || i + 1 >= source.Length || source[i + 1] == ']')
            return false;
        return (before.Length > 1 && before[^2] == '\\' && IsClass(before[^1]))
            || (source[i + 1] == '\\' && i + 2 < source.Length && IsClass(source[i + 2]));
    }

    private static bool IsClass(char c) => c is 'w' or 'W' or 'd' or 'D' or 's' or 'S';

    private static bool IsQuantifier(string source, int open)
    {
        var close = source.IndexOf('}', open);
        return close > open + 1 && IsCounts(source.AsSpan(open + 1, close - open - 1));
    }

    private static int CopyBraces(string source, int start, StringBuilder pattern)
    {
        var close = source.IndexOf('}', start);
        if (close < 0)
            close = source.Length - 1;
        pattern.Append(source, start, close - start + 1);
        return close;
    }

    private static bool IsCounts(ReadOnlySpan<char> text)
    {
        var commas = 0;
        foreach (var c in text)
        {
            if (c == ',')
                commas++;
            else if (!char.IsAsciiDigit(c))
                return false;
        }
        return commas <= 1 && text.Length > 0 && text[0] != ',';
    }
}
