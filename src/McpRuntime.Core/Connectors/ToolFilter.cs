namespace McpRuntime.Connectors;

/// <summary>Which tools are served.</summary>
/// <param name="Names">
/// Globs (<c>*</c> any characters, <c>?</c> one) of which a tool's name on the wire, its name in the manifest or
/// <c>connector__tool</c> must match one; none lets every tool through.
/// </param>
/// <param name="ReadOnly">Only tools that are <see cref="ServedTool.IsReadOnly"/>.</param>
public sealed record ToolFilter(IReadOnlyList<string> Names, bool ReadOnly = false)
{
    public static ToolFilter None { get; } = new([]);

    /// <summary>
    /// The globs ignore case, for callers whose language does. One without wildcards that is the exact name of a tool
    /// means that one alone.
    /// </summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Lets every tool through.</summary>
    public bool IsEmpty => Names.Count == 0 && !ReadOnly;

    /// <summary>The tools of a catalog that it lets through.</summary>
    public ToolCatalog Of(ToolCatalog catalog)
    {
        if (IsEmpty)
            return catalog;
        if (!IgnoreCase)
            return catalog.Where(Allows);
        var exact = Names.Intersect(catalog.Tools.SelectMany(NamesOf)).ToHashSet(StringComparer.Ordinal);
        return catalog.Where(tool =>
            (!ReadOnly || tool.IsReadOnly)
            && (
                Names.Count == 0
                || NamesOf(tool).Any(name => Names.Any(glob => Matches(glob, name, ignoreCase: !exact.Contains(glob))))
            )
        );
    }

    public bool Allows(ServedTool tool) =>
        (!ReadOnly || tool.IsReadOnly) && (Names.Count == 0 || NamesOf(tool).Any(AllowsName));

    /// <summary>The globs alone.</summary>
    public bool AllowsName(string name)
    {
        foreach (var glob in Names)
        {
            if (Matches(glob, name, IgnoreCase))
                return true;
        }
        return Names.Count == 0;
    }

    private static string[] NamesOf(ServedTool tool) =>
        [tool.Name, tool.ManifestName, WireName.For(tool.Connector.Name, tool.ManifestName)];

    // Greedy with one point of return: linear in practice, never exponential, whatever the glob.
    private static bool Matches(ReadOnlySpan<char> glob, ReadOnlySpan<char> name, bool ignoreCase)
    {
        int g = 0,
            n = 0,
            star = -1,
            resume = 0;
        while (n < name.Length)
        {
            if (g < glob.Length && glob[g] == '*')
            {
                star = g++;
                resume = n;
            }
            else if (
                g < glob.Length
                && (
                    glob[g] == '?'
                    || glob[g] == name[n]
                    || (ignoreCase && char.ToUpperInvariant(glob[g]) == char.ToUpperInvariant(name[n]))
                )
            )
            {
                g++;
                n++;
            }
            else if (star >= 0)
            {
                g = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }
        return glob[g..].IndexOfAnyExcept('*') < 0;
    }
}
