namespace McpRuntime.Connectors;

/// <summary>Finds the names that a mistyped one may have meant.</summary>
internal static class NearestNames
{
    private const int Count = 3;

    // A caller chooses the length of what it asks for; the work must not grow with its square.
    private const int MaxLength = 100;

    /// <summary>Up to three names within a third of the length in edits, or that contain the name; nearest first.</summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> names)
    {
        if (name.Length is 0 or > MaxLength)
            return [];
        var bound = Math.Max(2, name.Length / 3);
        var near = new List<(int Distance, string Name)>();
        foreach (var candidate in names)
        {
            var distance = candidate.Length > MaxLength ? int.MaxValue : Distance(name, candidate);
            if (distance > bound && name.Length > 2 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase))
                distance = bound;
            if (distance <= bound)
                near.Add((distance, candidate));
        }
        near.Sort();
        return [.. near.Take(Count).Select(found => found.Name)];
    }

    // Levenshtein, letters' case aside.
    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var best = Math.Min(diagonal + (same ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[right.Length];
    }
}
