using System.Globalization;
using System.Text;

namespace McpRuntime.Json.Schemas.Patterns;

/// <summary>
/// Translates a regular expression of ECMA-262 (with the <c>u</c> flag, as JSON Schema core, section 6.4, has it) into
/// one of .NET. What Annex B allows without the flag and documents use, such as <c>\-</c>, is understood too.
/// </summary>
internal sealed class EcmaPattern
{
    /// <summary>Characters of a pattern.</summary>
    public const int MaxLength = 10_000;

    private readonly string _source;
    private readonly StringBuilder _output = new();
    private readonly List<string?> _groups;
    private readonly Stack<bool> _open = new();
    private int _position;
    private int _group;
    private int _longRepeats;
    private bool _repeatsGroup;

    private EcmaPattern(string source)
    {
        _source = source;
        _groups = GroupNames(source);
    }

    /// <summary>
    /// A text may match in many ways, because a group repeats or several parts do: a backtracking engine can take very
    /// long.
    /// </summary>
    public bool CanExplode => _repeatsGroup || _longRepeats > 1;

    /// <summary>What <see cref="_source"/> is for .NET.</summary>
    public string Translation => _output.ToString();

    /// <summary>
    /// The first thing that only Annex B allows; null when the pattern is right with the <c>u</c> flag.
    /// </summary>
    public string? Leniency { get; private set; }

    /// <exception cref="FormatException">It is not a regular expression; the message says why.</exception>
    public static EcmaPattern Translate(string source)
    {
        if (source.Length > MaxLength)
            throw new FormatException($"it is longer than {MaxLength} characters");
        var pattern = new EcmaPattern(source);
        pattern.ReadAll();
        return pattern;
    }

    private void ReadAll()
    {
        while (_position < _source.Length)
        {
            var start = _output.Length;
            if (ReadTerm())
                ReadQuantifier(start);
        }

        if (_open.Count > 0)
            throw new FormatException("a '(' is not closed");
    }

    /// <summary>Reads one term; false when a quantifier cannot follow.</summary>
    private bool ReadTerm()
    {
        var c = _source[_position++];
        switch (c)
        {
            case '^':
                _output.Append('^');
                return false;
            case '$':
                // In .NET $ also matches before a final line feed.
                _output.Append("\\z");
                return false;
            case '|':
                _output.Append('|');
                return false;
            case '(':
                ReadGroupStart();
                return false;
            case ')':
                if (!_open.TryPop(out var canRepeat))
                    throw new FormatException("a ')' closes nothing");
                _output.Append(')');
                return canRepeat;
            case '.':
                CodePointSet.LineTerminators.Write(isNegated: true, _output);
                return true;
            case '[':
                new EcmaClass(_source, _position, Lenient).Read(_output, out _position);
                return true;
            case '\\':
                return ReadEscape();
            case '*' or '+' or '?':
                throw new FormatException($"the '{c}' at position {_position} has nothing to repeat");
            case '{' when IsQuantifier(_position - 1, out _, out _, out _):
                throw new FormatException($"the '{{' at position {_position} has nothing to repeat");
            case '{' or '}' or ']':
                Lenient($"'{c}' without a backslash");
                WriteLiteral(c);
                return true;
            default:
                _position--;
                WriteLiteral(ReadCodePoint(_source, ref _position));
                return true;
        }
    }

    /// <summary>Groups are numbered in their order, also the named ones, which .NET would number last.</summary>
    private void ReadGroupStart()
    {
        var rest = _source.AsSpan(_position);
        foreach (var prefix in (ReadOnlySpan<string>)["?:", "?=", "?!", "?<=", "?<!"])
        {
            if (!rest.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            _position += prefix.Length;
            _output.Append('(').Append(prefix);
            _open.Push(prefix == "?:");
            return;
        }

        if (rest.StartsWith("?", StringComparison.Ordinal))
        {
            var name =
                rest.StartsWith("?<", StringComparison.Ordinal) && _group < _groups.Count ? _groups[_group] : null;
            if (name is null)
                throw new FormatException($"'(?{(rest.Length > 1 ? rest[1..2] : "")}' is not a group of ECMA-262");
            _position += name.Length + 3;
        }

        _output.Append(CultureInfo.InvariantCulture, $"(?<g{++_group}>");
        _open.Push(true);
    }

    private bool ReadEscape()
    {
        if (_position == _source.Length)
            throw new FormatException("it ends in a backslash");
        var c = _source[_position];
        if (c is 'b' or 'B')
        {
            // \b of .NET knows the letters of all scripts, that of ECMA-262 only those of \w.
            const string word = "[0-9A-Z_a-z]";
            _position++;
            _output.Append(
                c == 'b'
                    ? $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
                    : $"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))"
            );
            return false;
        }

        if (c is >= '1' and <= '9' || c == 'k')
        {
            ReadBackReference();
            return true;
        }

        var set = new CodePointSet();
        var codePoint = EcmaEscape.Read(_source, ref _position, set, Lenient);
        if (codePoint >= 0)
            WriteLiteral(codePoint);
        else
            set.Write(isNegated: false, _output);
        return true;
    }

    private void ReadBackReference()
    {
        var number = 0;
        if (_source[_position] == 'k')
        {
            var end = _source.IndexOf('>', _position);
            var name = end > _position + 2 && _source[_position + 1] == '<' ? _source[(_position + 2)..end] : "";
            number = _groups.IndexOf(name) + 1;
            _position = end + 1;
        }
        else
        {
            while (_position < _source.Length && char.IsAsciiDigit(_source[_position]) && number < 1000)
                number = (number * 10) + _source[_position++] - '0';
        }

        if (number < 1 || number > _groups.Count)
            throw new FormatException("it refers back to a group that does not exist");
        // A group that has not taken part matches the empty string in ECMA-262.
        _output.Append(CultureInfo.InvariantCulture, $"(?(g{number})\\k<g{number}>)");
    }

    private void ReadQuantifier(int start)
    {
        if (_position == _source.Length)
            return;
        if (!IsQuantifier(_position, out var minimum, out var maximum, out var end))
            return;
        if (maximum is { } most && most < minimum)
            throw new FormatException($"the quantifier '{_source[_position..end]}' is out of order");
        if (maximum is null or > 10)
        {
            _longRepeats++;
            _repeatsGroup |= _source[_position - 1] == ')';
        }

        _position = end;
        // The term may be several characters for .NET.
        _output.Insert(start, "(?:").Append(')');
        _output.Append(
            maximum is null
                ? string.Create(CultureInfo.InvariantCulture, $"{{{minimum},}}")
                : string.Create(CultureInfo.InvariantCulture, $"{{{minimum},{maximum}}}")
        );
        if (_position < _source.Length && _source[_position] == '?')
        {
            _output.Append('?');
            _position++;
        }
    }

    private bool IsQuantifier(int position, out int minimum, out int? maximum, out int end)
    {
        (minimum, maximum, end) = (0, null, position + 1);
        switch (_source[position])
        {
            case '*':
                return true;
            case '+':
                minimum = 1;
                return true;
            case '?':
                maximum = 1;
                return true;
            case '{':
                break;
            default:
                return false;
        }

        if (!TryReadNumber(ref end, out minimum))
            return false;
        maximum = minimum;
        if (end < _source.Length && _source[end] == ',')
        {
            end++;
            maximum = TryReadNumber(ref end, out var number) ? number : null;
        }

        return end < _source.Length && _source[end++] == '}';
    }

    private bool TryReadNumber(ref int position, out int number)
    {
        var start = position;
        var value = 0L;
        while (position < _source.Length && char.IsAsciiDigit(_source[position]))
            value = Math.Min(int.MaxValue, (value * 10) + _source[position++] - '0');
        number = (int)value;
        return position > start;
    }

    private void Lenient(string what) => Leniency ??= what;

    private void WriteLiteral(int codePoint)
    {
        if (codePoint < 0x80 && char.IsAsciiLetterOrDigit((char)codePoint))
            _output.Append((char)codePoint);
        else
            new CodePointSet().Add(codePoint, codePoint).Write(isNegated: false, _output);
    }

    public static int ReadCodePoint(string source, ref int position)
    {
        var c = source[position++];
        if (!char.IsHighSurrogate(c) || position == source.Length || !char.IsLowSurrogate(source[position]))
            return c;
        return char.ConvertToUtf32(c, source[position++]);
    }

    /// <summary>The capturing groups in their order, with the names of those that have one.</summary>
    private static List<string?> GroupNames(string source)
    {
        var groups = new List<string?>();
        var isClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '\\')
                i++;
            else if (source[i] == '[')
                isClass = true;
            else if (source[i] == ']')
                isClass = false;
            else if (source[i] == '(' && !isClass)
                AddGroup(i + 1);
        }

        return groups;

        void AddGroup(int start)
        {
            if (start >= source.Length || source[start] != '?')
            {
                groups.Add(null);
                return;
            }

            if (start + 2 >= source.Length || source[start + 1] != '<' || source[start + 2] is '=' or '!')
                return;
            var end = source.IndexOf('>', start);
            if (end > start + 2)
                groups.Add(source[(start + 2)..end]);
        }
    }
}
