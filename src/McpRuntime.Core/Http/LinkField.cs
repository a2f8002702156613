namespace McpRuntime.Http;

/// <summary>The Link field (RFC 8288 section 3).</summary>
internal static class LinkField
{
    /// <summary>The links to the next and the previous page as they are in the field; empty for none.</summary>
    public static string Pages(string field)
    {
        var pages = new List<string>();
        for (var i = 0; i < field.Length; )
        {
            var open = field.IndexOf('<', i);
            var close = open < 0 ? -1 : field.IndexOf('>', open);
            if (close < 0)
                break;
            var end = EndOfParameters(field, close + 1);
            if (IsPage(field.AsSpan(close + 1, end - close - 1)))
                pages.Add(field[open..end].TrimEnd());
            i = end;
        }
        return string.Join(", ", pages);
    }

    // Parameters end at a comma outside of quotes.
    private static int EndOfParameters(string field, int start)
    {
        var isQuoted = false;
        for (var i = start; i < field.Length; i++)
        {
            if (field[i] == '"')
                isQuoted = !isQuoted;
            else if (field[i] == '\\' && isQuoted)
                i++;
            else if (field[i] == ',' && !isQuoted)
                return i;
        }
        return field.Length;
    }

    // Relation types are compared without case, and one parameter may hold several. 'previous' is what many APIs write.
    private static bool IsPage(ReadOnlySpan<char> parameters)
    {
        foreach (var part in parameters.Split(';'))
        {
            var parameter = parameters[part].Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase))
                continue;
            var relations = parameter[(equals + 1)..].Trim().Trim('"');
            foreach (var one in relations.Split(' '))
            {
                var relation = relations[one].Trim();
                if (
                    relation.Equals("next", StringComparison.OrdinalIgnoreCase)
                    || relation.Equals("prev", StringComparison.OrdinalIgnoreCase)
                    || relation.Equals("previous", StringComparison.OrdinalIgnoreCase)
                )
                    return true;
            }
        }
        return false;
    }
}
