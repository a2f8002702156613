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
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isWord = i < text.Length && char.IsAsciiLetterOrDigit(text[i]);
            if (start >= 0 && (!isWord || IsBoundary(text, start, i)))
            {
                words.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }
            if (isWord && start < 0)
                start = i;
        }
        return words;
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
