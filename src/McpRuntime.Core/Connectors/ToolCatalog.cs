using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>
/// The tools that one caller can see, by name on the wire. Immutable. Ordered by connector name and then as the
/// manifest has them, so that a list stays the same from start to start and a model's prompt cache with it.
/// </summary>
public sealed class ToolCatalog
{
    private readonly Dictionary<string, ServedTool> _byName;
    private readonly IReadOnlyDictionary<string, string[]> _ambiguous;

    private ToolCatalog(IReadOnlyList<ServedTool> tools, IReadOnlyDictionary<string, string[]> ambiguous)
    {
        Tools = tools;
        _ambiguous = ambiguous;
        _byName = new Dictionary<string, ServedTool>(tools.Count, StringComparer.Ordinal);
        foreach (var tool in tools)
            _byName.TryAdd(tool.Name, tool);
    }

    public static ToolCatalog Empty { get; } = new([], ReadOnlyDictionary<string, string[]>.Empty);

    public IReadOnlyList<ServedTool> Tools { get; }

    /// <summary>Bare names that stand for several tools or for a built-in one, with the names to choose from.</summary>
    internal IReadOnlyDictionary<string, string[]> Ambiguous => _ambiguous;

    /// <summary>Names the tools of a set of connectors.</summary>
    /// <param name="connectors">Their names differ.</param>
    /// <param name="earlier">The catalog before a reload; its tools are kept where nothing about them changed.</param>
    public static ToolCatalog Create(IReadOnlyCollection<ConnectorManifest> connectors, ToolCatalog? earlier = null)
    {
        ConnectorManifest[] ordered = [.. connectors];
        Array.Sort(ordered, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        var (tools, ambiguous) = ToolNaming.Assign(ordered, earlier?.Tools ?? []);
        return new ToolCatalog(tools, ambiguous);
    }

    /// <summary>The tools that pass; names stay as they are, so that a choice does not rename what it leaves.</summary>
    public ToolCatalog Where(Func<ServedTool, bool> allows)
    {
        var kept = Tools.Where(allows).ToArray();
        if (kept.Length == Tools.Count)
            return this;
        var names = kept.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var ambiguous = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (bare, choices) in _ambiguous)
        {
            var left = Array.FindAll(choices, names.Contains);
            if (left.Length > 0)
                ambiguous.Add(bare, left);
        }
        return new ToolCatalog(kept, ambiguous);
    }

    public bool TryGet(string name, [NotNullWhen(true)] out ServedTool? tool) => _byName.TryGetValue(name, out tool);

    /// <summary>
    /// Finds what a caller means: a name on the wire, or else a name of the manifest or <c>connector__tool</c> where
    /// only one tool fits, which keeps callers going that learnt a name before a reload changed it.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="ignoreCase">
    /// A name that means nothing as it is written may be written in another case, for callers whose language ignores
    /// case. Where several differ only in case, the exact one is meant.
    /// </param>
    public ToolResolution Resolve(string name, bool ignoreCase = false)
    {
        if (_byName.TryGetValue(name, out var tool))
            return new ToolResolution.Found(tool);
        if (_ambiguous.TryGetValue(name, out var choices))
            return new ToolResolution.Ambiguous(choices);
        return Fitting(name, StringComparison.Ordinal)
            ?? (ignoreCase ? InAnyCase(name) : null)
            ?? new ToolResolution.Unknown(NearNames.Find(name, Tools.Select(candidate => candidate.Name), most: 3));
    }

    private ToolResolution? InAnyCase(string name)
    {
        var bare = _ambiguous
            .Where(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(entry => entry.Value)
            .ToArray();
        return bare.Length > 0 ? new ToolResolution.Ambiguous(bare) : Fitting(name, StringComparison.OrdinalIgnoreCase);
    }

    private ToolResolution? Fitting(string name, StringComparison comparison)
    {
        bool IsMeant(string other) => other.Equals(name, comparison);
        var fitting = Tools
            .Where(candidate =>
                IsMeant(candidate.Name)
                || IsMeant(candidate.ManifestName)
                || IsMeant(WireName.For(candidate.Connector.Name, candidate.ManifestName))
                || IsMeant($"{candidate.Connector.Name}{WireName.Separator}{candidate.ManifestName}")
            )
            .ToArray();
        return fitting.Length switch
        {
            0 => null,
            1 => new ToolResolution.Found(fitting[0]),
            _ => new ToolResolution.Ambiguous(Array.ConvertAll(fitting, candidate => candidate.Name)),
        };
    }
}

/// <summary>What a name means in a catalog.</summary>
public abstract record ToolResolution
{
    private ToolResolution() { }

    public sealed record Found(ServedTool Tool) : ToolResolution;

    /// <param name="Choices">The names on the wire that it could mean.</param>
    public sealed record Ambiguous(IReadOnlyList<string> Choices) : ToolResolution;

    /// <param name="Nearest">Up to three names that are written alike; may be empty.</param>
    public sealed record Unknown(IReadOnlyList<string> Nearest) : ToolResolution;
}
