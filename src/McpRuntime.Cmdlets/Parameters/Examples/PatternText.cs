using System.Text;

namespace McpRuntime.Cmdlets.Parameters.Examples;

/// <summary>
/// A short text for a regular expression of a schema: the first alternatives, the fewest repetitions. What an
/// expression looks ahead or behind for is not considered, so the text is a proposal that is checked against the
/// schema.
/// </summary>
internal ref struct PatternText
{
    // No pattern asks for more on purpose, and 'a{1000000000}' is short.
    private const int MaxLength = 500;

    private readonly ReadOnlySpan<char> _pattern;
    private int _at;

    private PatternText(ReadOnlySpan<char> pattern) => _pattern = pattern;

    /// <param name="pattern">As in a schema (ECMA-262).</param>
    public static string Make(string pattern) => new PatternText(pattern).Alternatives(0);

    private string Alternatives(int depth)
    {
        var first = Sequence(depth);
        while (Skip('|'))
            Sequence(depth);
        return first;
    }

    private string Sequence(int depth)
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            var one = One(depth);
            for (var times = Times(); times > 0 && text.Length < MaxLength; times--)
                text.Append(one);
        }
        return text.ToString();
    }

    private string One(int depth)
    {
        var c = _pattern[_at++];
        return c switch
        {
            '^' or '$' => "",
            '.' => "a",
            '(' => Group(depth),
            '[' => Class(),
            '\\' => _at < _pattern.Length ? Escaped(_pattern[_at++]) : "",
            _ => c.ToString(),
        };
    }

    private string Group(int depth)
    {
        var isLook = false;
        if (Skip('?') && _at < _pattern.Length)
        {
            isLook =
                _pattern[_at] is '=' or '!'
                || (_pattern[_at] == '<' && _at + 1 < _pattern.Length && _pattern[_at + 1] is '=' or '!');
            var end = _pattern[_at..].IndexOfAny(":=!>");
            _at += end < 0 ? 0 : end + 1;
        }
        var inner = depth < 50 ? Alternatives(depth + 1) : "";
        Skip(')');
        return isLook ? "" : inner;
    }

    // The first character that the class names; of a negated one, a letter or another that it does not name.
    private string Class()
    {
        var isNegated = Skip('^');
        var start = _at;
        var first = "";
        while (_at < _pattern.Length && (_pattern[_at] != ']' || _at == start))
        {
            var c = _pattern[_at++];
            var own = c == '\\' && _at < _pattern.Length ? Escaped(_pattern[_at++]) : c.ToString();
            // Letters read better than what often comes first, such as a dash.
            if (
                first.Length == 0
                || (!char.IsLetterOrDigit(first[0]) && own.Length > 0 && char.IsLetterOrDigit(own[0]))
            )
                first = own;
        }
        var named = _pattern[start..Math.Min(_at, _pattern.Length)].ToString();
        Skip(']');
        return !isNegated
            ? first
            : "a1-_ .".FirstOrDefault(c => !named.Contains(c, StringComparison.Ordinal), 'x').ToString();
    }

    private string Escaped(char c)
    {
        switch (c)
        {
            case 'd':
                return "1";
            case 'w' or 'D' or 'S':
                return "a";
            case 'W' or 's':
                return " ";
            case 'b' or 'B':
                return "";
            case 'n':
                return "\n";
            case 't':
                return "\t";
            case 'p' or 'P':
                var end = _pattern[_at..].IndexOf('}');
                _at += end < 0 ? 0 : end + 1;
                return "a";
            default:
                return c.ToString();
        }
    }

    private int Times()
    {
        var least = 1;
        if (Skip('*') || Skip('?'))
            least = 0;
        else if (
            !Skip('+')
            && _at < _pattern.Length
            && _pattern[_at] == '{'
            && _pattern[_at..].IndexOf('}') is var length and > 0
        )
        {
            var bound = _pattern[(_at + 1)..(_at + length)];
            var comma = bound.IndexOf(',');
            if (int.TryParse(comma < 0 ? bound : bound[..comma], out least))
                _at += length + 1;
            else
                least = 1;
        }
        Skip('?');
        return Math.Min(least, MaxLength);
    }

    private bool Skip(char c)
    {
        if (_at >= _pattern.Length || _pattern[_at] != c)
            return false;
        _at++;
        return true;
    }
}
