namespace McpRuntime.OpenApi.Naming;

/// <summary>Splits names of any spelling into lower-case words.</summary>
internal static class SnakeCase
{
    /// <summary>
    /// <c>getPetById</c>, <c>listAPIKeys</c>, <c>repos/list-for-user</c>: words end where the case changes and at
    /// everything that is neither a letter nor a digit of ASCII.
    /// </summary>
    internal static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var word = Next(text, 0); word.Length > 0; word = Next(text, word.Start + word.Length))
            words.Add(text.Substring(word.Start, word.Length).ToLowerInvariant());
        return words;
    }

    /// <summary>The words joined by <c>_</c>; false where they do not fit.</summary>
    /// <param name="text">A name of any spelling.</param>
    /// <param name="output">Receives the words.</param>
    /// <param name="length">Characters written.</param>
    internal static bool TryJoin(string text, Span<char> output, out int length)
    {
        length = 0;
        for (var word = Next(text, 0); word.Length > 0; word = Next(text, word.Start + word.Length))
        {
            var start = length == 0 ? 0 : length + 1;
            if (start + word.Length > output.Length)
                return false;
            if (start > 0)
                output[length] = '_';
            text.AsSpan(word.Start, word.Length).ToLowerInvariant(output[start..]);
            length = start + word.Length;
        }
        return true;
    }

    private static (int Start, int Length) Next(string text, int from)
    {
        var start = from;
        while (start < text.Length && !char.IsAsciiLetterOrDigit(text[start]))
            start++;
        var end = start;
        while (
            end < text.Length && char.IsAsciiLetterOrDigit(text[end]) && (end == start || !IsBoundary(text, start, end))
        )
            end++;
        return (start, end - start);
    }

    private static bool IsBoundary(string text, int start, int i)
    {
        if (!char.IsAsciiLetterUpper(text[i]))
            return false;
        if (!char.IsAsciiLetterUpper(text[i - 1]))
            return true;
        // The last capital of a run begins the next word (APIKeys), but for the plural of the run (userIDs).
        if (i + 1 >= text.Length || !char.IsAsciiLetterLower(text[i + 1]))
            return false;
        var isPlural = text[i + 1] == 's' && (i + 2 == text.Length || !char.IsAsciiLetterLower(text[i + 2]));
        return !isPlural || i - start > 3;
    }
}
