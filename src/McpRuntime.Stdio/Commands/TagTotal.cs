using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// The imported tools of one tag. Classes and plain loops: each new kind of query costs a fresh process a millisecond.
/// </summary>
internal sealed class TagTotal(string name)
{
    public string Name { get; } = name;

    public int Tools { get; private set; }

    /// <summary>Estimated tokens of all of them.</summary>
    public int Tokens { get; private set; }

    /// <summary>Each tag of an import with a manifest, the most tools first.</summary>
    public static List<TagTotal> Of(ImportResult result)
    {
        var byName = new Dictionary<string, TagTotal>(StringComparer.Ordinal);
        for (var i = 0; i < result.Tools.Count; i++)
        {
            var tags = result.Manifest!.Tools[i].Tags;
            foreach (var tag in tags.Count > 0 ? tags : ["(no tag)"])
            {
                if (!byName.TryGetValue(tag, out var total))
                    byName.Add(tag, total = new TagTotal(tag));
                total.Tools++;
                total.Tokens += result.Tools[i].EstimatedTokens;
            }
        }
        var totals = new List<TagTotal>(byName.Values);
        totals.Sort(
            (left, right) =>
                right.Tools != left.Tools
                    ? right.Tools.CompareTo(left.Tools)
                    : string.CompareOrdinal(left.Name, right.Name)
        );
        return totals;
    }
}
