using System.Text;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Spells path templates so that they can be sent: what no URL holds is percent-encoded, a brace without its partner
/// too, and names in braces, which never go out, are made of plain characters.
/// </summary>
internal static class PathSpelling
{
    /// <summary>The name of a path parameter as the manifest's template has it.</summary>
    internal static string Name(string name) =>
        IsPlain(name) ? name : string.Create(name.Length, name, static (text, name) =>
            {
                for (var i = 0; i < text.Length; i++)
                    text[i] = IsPlain(name[i]) ? name[i] : '_';
            });

    /// <summary>A path without query and fragment.</summary>
    internal static string Path(string path)
    {
        if (IsGood(path))
            return path;
        var spelled = new StringBuilder(path.Length + 8);
        for (var i = 0; i < path.Length; i++)
        {
            var close = path[i] == '{' ? path.AsSpan(i + 1).IndexOfAny('{', '}') : -1;
            if (close > 0 && path[i + 1 + close] == '}')
            {
                spelled.Append('{').Append(Name(path.Substring(i + 1, close))).Append('}');
                i += close + 1;
            }
            else if (path[i] is <= ' ' or '\u007f' or '{' or '}')
                spelled
                    .Append('%')
                    .Append(((int)path[i]).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                spelled.Append(path[i]);
        }
        return spelled.ToString();
    }

    /// <summary>True where nothing needs to be spelled in another way.</summary>
    internal static bool IsGood(string path)
    {
        var isOpen = false;
        var start = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (
                path[i] is <= ' ' or '\u007f'
                || (isOpen && path[i] is '{' or '?' or '#')
                || (path[i] == '}' && (!isOpen || i == start))
            )
                return false;
            if (path[i] == '{')
                (isOpen, start) = (true, i + 1);
            else if (path[i] == '}')
                isOpen = false;
        }
        return !isOpen;
    }

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (!IsPlain(c))
                return false;
        }
        return true;
    }

    // '?' and '#' would end the path.
    private static bool IsPlain(char c) => c is > ' ' and not ('\u007f' or '?' or '#');
}
