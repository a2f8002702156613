namespace McpRuntime.OpenApi.Naming;

/// <summary>
/// Makes names fit. First goes what says little; the first word (what it does) and the last (to what) stay longest.
/// </summary>
internal static class NameShortener
{
    private const int ShortWord = 4;

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "and",
        "or",
        "using",
        "via",
        "that",
        "is",
    };

    /// <summary>The words joined by <c>_</c>, in at most <paramref name="maxLength"/> characters.</summary>
    internal static string Fit(List<string> words, int maxLength)
    {
        var length = Length(words);
        if (length <= maxLength)
            return string.Join('_', words);
        words = [.. words];
        for (var i = words.Count - 2; i > 0 && length > maxLength; i--)
        {
            if (Fillers.Contains(words[i]) || words.IndexOf(words[i]) < i)
            {
                length -= words[i].Length + 1;
                words.RemoveAt(i);
            }
        }
        while (length > maxLength && LongestInside(words) is var longest && longest > 0)
        {
            words[longest] = words[longest][..^1];
            length--;
        }
        while (length > maxLength && words.Count > 2)
        {
            var middle = words.Count / 2;
            length -= words[middle].Length + 1;
            words.RemoveAt(middle);
        }
        var name = string.Join('_', words);
        return name.Length <= maxLength ? name : name[..maxLength].TrimEnd('_');
    }

    private static int Length(List<string> words)
    {
        var length = words.Count - 1;
        foreach (var word in words)
            length += word.Length;
        return length;
    }

    // -1 when there is none left to shorten.
    private static int LongestInside(List<string> words)
    {
        var longest = -1;
        for (var i = 1; i < words.Count - 1; i++)
        {
            if (words[i].Length > ShortWord && (longest < 0 || words[i].Length > words[longest].Length))
                longest = i;
        }
        return longest;
    }
}
