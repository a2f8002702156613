using System.Buffers;

namespace McpRuntime.Diagnostics;

/// <summary>
/// Finds the names that a mistyped one may mean. Case and the separators <c>-</c> and <c>_</c> do not matter:
/// inputSchema, input-schema and input_schema are one word to the person who writes it.
/// </summary>
public static class NearNames
{
    // Words come from callers and documents; the work must not grow with the square of their length.
    private const int MaxLength = 100;
    private const int MaxNames = 10_000;

    /// <summary>The names within a third of the word's length in edits, or that contain it; nearest first.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="names">What there is.</param>
    /// <param name="most">How many are returned at most.</param>
    public static IReadOnlyList<string> Find(string word, IEnumerable<string> names, int most)
    {
        if (word.Length is 0 or > MaxLength)
            return [];
        var folded = Fold(word);
        var bound = folded.Length <= 2 ? 1 : Math.Max(2, folded.Length / 3);
        var near = new List<(int Distance, string Name)>();
        foreach (var name in names.Take(MaxNames))
        {
            if (name.Length > MaxLength)
                continue;
            var distance = EditDistance(folded, Fold(name));
            if (distance > bound && word.Length > 2 && name.Contains(word, StringComparison.OrdinalIgnoreCase))
                distance = bound;
            if (distance <= bound)
                near.Add((distance, name));
        }
        // A stable order: of names that are equally near, the first counts.
        return [.. near.OrderBy(found => found.Distance).Take(most).Select(found => found.Name)];
    }

    /// <summary>The nearest name; null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> names) =>
        Find(word, names, most: 1) is [var nearest] ? nearest : null;

    /// <summary><c> Did you mean 'x'?</c>, or nothing where no name is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> names) =>
        Nearest(word, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static string Fold(string word) =>
        word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein's distance, one row at a time.
    private static int EditDistance(string left, string right)
    {
        var row = ArrayPool<int>.Shared.Rent(right.Length + 1);
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
        var distance = row[right.Length];
        ArrayPool<int>.Shared.Return(row);
        return distance;
    }
}
