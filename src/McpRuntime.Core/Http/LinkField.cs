namespace McpRuntime.Http;

/// <summary>The Link field (RFC 8288 section 3).</summary>
public static class LinkField
{
    /// <summary>The links to the next and the previous page as they are in the field; empty for none.</summary>
    public static string Pages(string field)
    {
        var pages = new List<string>();
        foreach (var (open, close, end) in Links(field))
        {
            var parameters = field.AsSpan(close + 1, end - close - 1);
            if (IsRelation(parameters, "next") || IsRelation(parameters, "prev") || IsRelation(parameters, "previous"))
                pages.Add(field[open..end].TrimEnd());
        }
        return string.Join(", ", pages);
    }

    /// <summary>The URL of the next page as it is in the field; null for none.</summary>
    public static string? Next(string field)
    {
        foreach (var (open, close, end) in Links(field))
        {
            if (IsRelation(field.AsSpan(close + 1, end - close - 1), "next"))
                return field[(open + 1)..close];
        }
        return null;
    }

    private static IEnumerable<(int Open, int Close, int End)> Links(string field)
    {
        for (var i = 0; i < field.Length; )
        {
            var open = field.IndexOf('<', i);
            var close = open < 0 ? -1 : field.IndexOf('>', open);
            if (close < 0)
                yield break;
            var end = EndOfParameters(field, close + 1);
            yield return (open, close, end);
            i = end;
        }
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
    private static bool IsRelation(ReadOnlySpan<char> parameters, string wanted)
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
                if (relations[one].Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }
}
