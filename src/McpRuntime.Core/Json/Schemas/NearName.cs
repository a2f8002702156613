namespace McpRuntime.Json.Schemas;

/// <summary>The name that somebody probably meant.</summary>
internal static class NearName
{
    /// <summary>The nearest of <paramref name="names"/>, up to a third of the letters wrong; null when none is near.</summary>
    public static string? Find(string word, IReadOnlyList<string> names)
    {
        // Both come from others: only short words are compared, and only so many.
        if (word.Length > 64)
            return null;
        string? nearest = null;
        var distance = Math.Max(1, word.Length / 3) + 1;
        for (var i = 0; i < names.Count && i < 500; i++)
        {
            if (names[i].Length > 64 || Math.Abs(names[i].Length - word.Length) >= distance)
                continue;
            var found = Distance(word, names[i]);
            if (found >= distance)
                continue;
            distance = found;
            nearest = names[i];
        }

        return nearest;
    }

    /// <summary>Levenshtein distance without regard to case and to the separators that languages differ in.</summary>
    private static int Distance(string left, string right)
    {
        Span<int> previous = stackalloc int[right.Length + 1];
        Span<int> current = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Fold(left[i - 1]) == Fold(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            var last = previous;
            previous = current;
            current = last;
        }

        return previous[right.Length];
    }

    private static char Fold(char letter) => letter == '-' ? '_' : char.ToLowerInvariant(letter);
}
