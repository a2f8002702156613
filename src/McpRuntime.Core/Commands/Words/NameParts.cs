namespace McpRuntime.Commands.Words;

/// <summary>Splits names of any spelling into words: <c>list-for_repo</c>, <c>getUserByName</c>.</summary>
internal static class NameParts
{
    /// <summary>The words in their spelling; ASCII letters and digits only.</summary>
    internal static List<string> Split(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length || !char.IsAsciiLetterOrDigit(text[i]);
            if (!isEnd && (i == start || !Begins(text, i)))
                continue;
            if (i > start)
                words.Add(text[start..i].ToString());
            start = isEnd ? i + 1 : i;
        }
        return words;
    }

    /// <summary>A word as a part of a noun: first letter upper, the rest lower.</summary>
    internal static string Pascal(string word) => string.Create(word.Length, word, static (text, word) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = i == 0 ? char.ToUpperInvariant(word[i]) : char.ToLowerInvariant(word[i]);
        });

    // createdAt, HTTPServer, projectsV2.
    private static bool Begins(ReadOnlySpan<char> text, int index) =>
        char.IsAsciiLetterUpper(text[index])
        && (
            !char.IsAsciiLetterUpper(text[index - 1])
            || (index + 1 < text.Length && char.IsAsciiLetterLower(text[index + 1]) && !IsPluralOfCapitals(text, index))
        );

    // The s of APIs and URLs belongs to the capitals.
    private static bool IsPluralOfCapitals(ReadOnlySpan<char> text, int index) =>
        text[index + 1] == 's' && (index + 2 == text.Length || !char.IsAsciiLetterLower(text[index + 2]));
}
