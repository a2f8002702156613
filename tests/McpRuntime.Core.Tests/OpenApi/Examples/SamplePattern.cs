using System.Text;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>A text that a regular expression should match; what it looks ahead or behind for is left to luck.</summary>
internal sealed class SamplePattern
{
    private readonly string _pattern;
    private readonly int _extra;
    private int _at;

    private SamplePattern(string pattern, int extra) => (_pattern, _extra) = (pattern, extra);

    /// <param name="pattern">As in a schema (ECMA-262).</param>
    /// <param name="extra">How many more times than the fewest whatever may be repeated is.</param>
    public static string Make(string pattern, int extra) => new SamplePattern(pattern, extra).Alternatives();

    private bool More => _at < _pattern.Length;

    private char Take() => More ? _pattern[_at++] : '\0';

    private bool Skip(string text)
    {
        if (string.CompareOrdinal(_pattern, _at, text, 0, text.Length) != 0)
            return false;
        _at += text.Length;
        return true;
    }

    private string Alternatives()
    {
        var choices = new List<string> { Sequence() };
        while (Skip("|"))
            choices.Add(Sequence());
        return choices[_extra % choices.Count];
    }

    private string Sequence()
    {
        var made = new StringBuilder();
        while (More && _pattern[_at] is not ('|' or ')'))
        {
            var one = One();
            var times = Times();
            for (var i = 0; i < times; i++)
                made.Append(one);
        }
        return made.ToString();
    }

    private string One()
    {
        switch (Take())
        {
            case '^' or '$':
                return "";
            case '.':
                return "a";
            case '(':
                var isLook = Skip("?=") || Skip("?!") || Skip("?<=") || Skip("?<!");
                if (!isLook && !Skip("?:") && Skip("?<"))
                    _at = _pattern.IndexOf('>', _at) + 1;
                var inner = Alternatives();
                Skip(")");
                return isLook ? "" : inner;
            case '[':
                return SampleClass.Read(_pattern, ref _at).Pick(_extra).ToString();
            case '\\':
                return _pattern[_at] is 'b' or 'B' && Take() != '\0'
                    ? ""
                    : SampleClass.Escape(_pattern, ref _at).Pick(_extra).ToString();
            case var plain:
                return plain.ToString();
        }
    }

    private int Times()
    {
        var (least, most) = (1, 1);
        if (Skip("*"))
            (least, most) = (0, int.MaxValue);
        else if (Skip("+"))
            most = int.MaxValue;
        else if (Skip("?"))
            least = 0;
        else if (More && _pattern[_at] == '{' && _pattern.IndexOf('}', _at) is var end and > 0)
        {
            var bounds = _pattern[(_at + 1)..end].Split(',');
            if (int.TryParse(bounds[0], out least))
            {
                most =
                    bounds.Length == 1 ? least
                    : int.TryParse(bounds[1], out var upper) ? upper
                    : int.MaxValue;
                _at = end + 1;
            }
            else
                least = 1;
        }
        Skip("?");
        return (int)Math.Min(most, (long)least + _extra);
    }
}
