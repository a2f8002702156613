namespace McpRuntime.Search.Words;

/// <summary>Finds the word that a mistyped one was meant to be. Immutable.</summary>
internal sealed class Spelling
{
    // In shorter words one letter makes another word.
    private const int ShortestWord = 4;
    private const int LengthForTwo = 8;
    private const int LongestWord = 24;

    private readonly Dictionary<int, string[]> _words;

    /// <param name="words">In the order of preference where several are equally near.</param>
    public Spelling(IEnumerable<string> words)
    {
        // Someone who mistypes a word nearly always gets its first letter right.
        _words = words
            .Where(word => word.Length is >= ShortestWord - 1 and <= LongestWord)
            .Distinct()
            .GroupBy(word => Slot(word[0], word.Length))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The nearest word with at most one mistake, of a long word two; null where there is none.</summary>
    public string? Nearest(string word)
    {
        if (word.Length is < ShortestWord or > LongestWord)
            return null;
        var bound = word.Length >= LengthForTwo ? 2 : 1;
        string? nearest = null;
        var least = bound + 1;
        for (var difference = 0; difference <= bound; difference++)
        {
            for (var sign = -1; sign <= (difference == 0 ? -1 : 1); sign += 2)
            {
                foreach (
                    var candidate in _words.GetValueOrDefault(Slot(word[0], word.Length + (sign * difference)), [])
                )
                {
                    var distance = Distance(word, candidate, least - 1);
                    if (distance < least)
                        (least, nearest) = (distance, candidate);
                }
            }
        }
        return nearest;
    }

    private static int Slot(char first, int length) => (first << 6) | length;

    // Letters that are missing, added, other, or in the wrong order (optimal string alignment).
    private static int Distance(string left, string right, int bound)
    {
        Span<int> before = stackalloc int[right.Length + 1];
        Span<int> row = stackalloc int[right.Length + 1];
        Span<int> next = stackalloc int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var least = next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Math.Min(
                    row[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1),
                    Math.Min(row[j], next[j - 1]) + 1
                );
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost = Math.Min(cost, before[j - 2] + 1);
                next[j] = cost;
                least = Math.Min(least, cost);
            }
            if (least > bound)
                return bound + 1;
            var free = before;
            before = row;
            row = next;
            next = free;
        }
        return row[right.Length];
    }
}
