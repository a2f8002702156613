using System.Text;

namespace McpRuntime.Json.Schemas.Patterns;

/// <summary>Reads a character class, from behind its <c>[</c>.</summary>
internal sealed class EcmaClass(string source, int start, Action<string> lenient)
{
    private readonly CodePointSet _set = new();
    private int _position = start;

    /// <param name="pattern">Receives the class for .NET.</param>
    /// <param name="end">The position behind the <c>]</c>.</param>
    public void Read(StringBuilder pattern, out int end)
    {
        var isNegated = Peek() == '^';
        if (isNegated)
            _position++;
        while (Peek() is not ']')
            ReadRange();
        end = _position + 1;
        _set.Write(isNegated, pattern);
    }

    private void ReadRange()
    {
        var first = ReadAtom();
        if (Peek() != '-')
        {
            Add(first, first);
            return;
        }

        _position++;
        if (Peek() == ']')
        {
            Add(first, first);
            Add('-', '-');
            return;
        }

        var last = ReadAtom();
        if (first >= 0 && last >= 0)
        {
            if (last < first)
                throw new FormatException("a range in a character class is out of order");
            Add(first, last);
            return;
        }

        // [\w-.]: Annex B takes the hyphen for itself.
        lenient("a hyphen behind a class in a class");
        Add(first, first);
        Add('-', '-');
        Add(last, last);
    }

    /// <summary>One character; -1 for an escape that stands for several, which are then in the set.</summary>
    private int ReadAtom()
    {
        if (Peek() != '\\')
            return EcmaPattern.ReadCodePoint(source, ref _position);
        _position++;
        switch (Peek())
        {
            case 'b':
                _position++;
                return '\b';
            case '-':
                _position++;
                return '-';
            default:
                return EcmaEscape.Read(source, ref _position, _set, lenient);
        }
    }

    private void Add(int first, int last)
    {
        if (first >= 0)
            _set.Add(first, last);
    }

    private char Peek() =>
        _position < source.Length ? source[_position] : throw new FormatException("a '[' is not closed");
}
