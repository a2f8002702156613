using System.Globalization;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>The characters of a class in a regular expression, among those that are harmless.</summary>
internal sealed record SampleClass(Func<char, bool> Has)
{
    private static readonly string Candidates =
        "a1A0-_./:, @b2BzZ9" + new string([.. Enumerable.Range(0x20, 0x5f).Select(code => (char)code)]) + "\t\n\rä中д";

    /// <summary>One of its characters; a letter where it has one.</summary>
    public char Pick(int which)
    {
        var fitting = Candidates.Where(Has).Take(3).ToList();
        return fitting.Count == 0 ? 'a' : fitting[which % fitting.Count];
    }

    /// <summary>Reads what follows <c>[</c>, up to and with <c>]</c>.</summary>
    public static SampleClass Read(string pattern, ref int at)
    {
        var isNegated = at < pattern.Length && pattern[at] == '^';
        if (isNegated)
            at++;
        var members = new List<Func<char, bool>>();
        while (at < pattern.Length && pattern[at] != ']')
        {
            var from = Member(pattern, ref at, out var low);
            if (low is { } first && at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                Member(pattern, ref at, out var high);
                members.Add(c => c >= first && c <= (high ?? first));
            }
            else
                members.Add(from);
        }
        at++;
        return new SampleClass(c => members.Exists(member => member(c)) != isNegated);
    }

    /// <summary>Reads what follows a backslash.</summary>
    public static SampleClass Escape(string pattern, ref int at)
    {
        at--;
        return new SampleClass(Member(pattern, ref at, out _));
    }

    private static Func<char, bool> Member(string pattern, ref int at, out char? single)
    {
        single = null;
        var c = pattern[at++];
        if (c == '\\' && at < pattern.Length)
        {
            c = pattern[at++];
            switch (c)
            {
                case 'd':
                    return char.IsAsciiDigit;
                case 'D':
                    return other => !char.IsAsciiDigit(other);
                case 'w':
                    return other => char.IsAsciiLetterOrDigit(other) || other == '_';
                case 'W':
                    return other => !char.IsAsciiLetterOrDigit(other) && other != '_';
                case 's':
                    return char.IsWhiteSpace;
                case 'S':
                    return other => !char.IsWhiteSpace(other);
                case 'p' or 'P':
                    var name = pattern[(at + 1)..pattern.IndexOf('}', at)];
                    at += name.Length + 2;
                    var isNot = c == 'P';
                    return other => IsIn(name, other) != isNot;
                case 'u' or 'x':
                    var digits = c == 'x' ? 2 : 4;
                    if (
                        at + digits <= pattern.Length
                        && ushort.TryParse(
                            pattern.AsSpan(at, digits),
                            NumberStyles.HexNumber,
                            CultureInfo.InvariantCulture,
                            out var code
                        )
                    )
                    {
                        at += digits;
                        c = (char)code;
                    }
                    break;
                default:
                    c = c switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'f' => '\f',
                        'v' => '\v',
                        _ => c,
                    };
                    break;
            }
        }
        single = c;
        return other => other == c;
    }

    private static bool IsIn(string category, char c) =>
        category switch
        {
            "L" or "Letter" => char.IsLetter(c),
            "Lu" => char.IsUpper(c),
            "Ll" => char.IsLower(c),
            "N" or "Nd" => char.IsDigit(c),
            "P" => char.IsPunctuation(c),
            "S" => char.IsSymbol(c),
            "Z" or "Zs" => c == ' ',
            "M" or "C" or "Cc" => false,
            _ => c == 'a',
        };
}
