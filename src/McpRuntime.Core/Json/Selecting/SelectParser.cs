using System.Text;

namespace McpRuntime.Json.Selecting;

/// <summary>
/// Reads the text of a selection: paths with commas between them, each of names with dots between them; <c>[]</c>
/// after a list, <c>{a,b}</c> for several members at the end, <c>-</c> before what is left out, <c>*</c> for any
/// characters of a name, and double quotes around a name that has such signs in it.
/// </summary>
internal sealed class SelectParser(string text, int count)
{
    private const string Signs = ".,{}[]\"";

    private int _at;
    private int _count = count;

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Places below the answer itself.</summary>
    public int Count => _count;

    public bool TryRead(SelectNode root, bool isDrop)
    {
        ReadPaths(root, isDrop, depth: 0);
        if (Fault is null && _at < text.Length)
            Refuse("expected ',' or the end");
        return Fault is null;
    }

    private void ReadPaths(SelectNode from, bool isDrop, int depth)
    {
        do
        {
            SkipSpace();
            var isOwnDrop = Take('-');
            if (isOwnDrop && isDrop)
                Refuse("a '-' within what is left out already");
            ReadPath(from, isDrop || isOwnDrop, depth);
            SkipSpace();
        } while (Fault is null && Take(','));
    }

    private void ReadPath(SelectNode from, bool isDrop, int depth)
    {
        var node = from;
        var isFirst = true;
        while (Fault is null)
        {
            if (depth >= Selection.MaxDepth)
            {
                Refuse($"deeper than {Selection.MaxDepth} names");
                return;
            }
            SkipSpace();
            if (Take('{'))
            {
                ReadPaths(node, isDrop, depth + 1);
                if (Fault is null && !Take('}'))
                    Refuse("expected '}'");
                return;
            }
            var isList = TakeList();
            if (!isList)
            {
                if (ReadName(out var isPattern) is not { } name)
                    return;
                node = node.Member(name, isPattern, ref _count);
                node.IsWanted |= !isDrop;
                depth++;
                TakeList();
            }
            else if (!isFirst)
            {
                Refuse("expected a name before '[]'");
                return;
            }
            isFirst = false;
            SkipSpace();
            if (!Take('.') && Peek() != '{')
                break;
        }
        if (isDrop)
            node.IsDropped = true;
        else
            node.IsWhole = true;
    }

    private string? ReadName(out bool isPattern)
    {
        isPattern = false;
        if (Take('"'))
            return ReadQuoted();
        var start = _at;
        while (_at < text.Length && !Signs.Contains(text[_at]) && !char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == start)
        {
            Refuse("expected a name");
            return null;
        }
        var name = text[start.._at];
        isPattern = name.Contains('*');
        // The rest of such an expression is literal.
        return isPattern ? name.Replace("\\", "\\\\").Replace("?", "\\?") : name;
    }

    private string? ReadQuoted()
    {
        var name = new StringBuilder();
        while (_at < text.Length && text[_at] != '"')
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
                _at++;
            name.Append(text[_at++]);
        }
        if (Take('"'))
            return name.ToString();
        Refuse("a '\"' is not closed");
        return null;
    }

    private bool TakeList()
    {
        var found = false;
        while (Peek() == '[')
        {
            _at++;
            SkipSpace();
            if (!Take(']'))
            {
                Refuse("expected ']': '[]' stands for every item, and single items cannot be named");
                return found;
            }
            found = true;
        }
        return found;
    }

    private char Peek() => _at < text.Length ? text[_at] : '\0';

    private bool Take(char sign)
    {
        if (_at >= text.Length || text[_at] != sign)
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    // The first one says where reading stopped; what follows from it is of no use.
    private void Refuse(string why) =>
        Fault ??= _at < text.Length ? $"{why} at character {_at + 1}" : $"{why} at the end";
}
