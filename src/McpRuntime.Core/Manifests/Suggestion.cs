namespace McpRuntime.Manifests;

/// <summary>Finds what was probably meant.</summary>
internal static class Suggestion
{
    /// <summary><c> Did you mean 'x'?</c>, or nothing where no word is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        string? best = null;
        var least = Math.Max(2, word.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(Fold(word), Fold(candidate));
            if (distance < least)
                (best, least) = (candidate, distance);
        }
        return best is null ? "" : $" Did you mean '{best}'?";
    }

    // inputSchema, input-schema and input_schema are one word to the person who writes it.
    private static string Fold(string word) =>
        word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein's distance, one row at a time.
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 20 || left.Length > 100)
            return int.MaxValue;
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
