using System.Runtime.CompilerServices;
using McpRuntime.Connectors;
using McpRuntime.Search.Indexing;
using McpRuntime.Search.Ranking;
using McpRuntime.Search.Requests;

namespace McpRuntime.Search;

/// <summary>
/// Finds tools by a request in people's words, without any service. Immutable and safe to use from several threads; the
/// same request gives the same result.
/// </summary>
public sealed class ToolSearchIndex
{
    private static readonly ConditionalWeakTable<ToolCatalog, ToolSearchIndex> Known = [];

    private readonly ToolIndex _index;
    private readonly RequestReader _reader;
    private readonly Ranker _ranker;

    internal ToolSearchIndex(IReadOnlyList<SearchableTool> tools, RankingWeights weights)
    {
        Tools = tools;
        var builder = new IndexBuilder(weights.Fields);
        foreach (var tool in tools)
            builder.Add(tool);
        _index = builder.Build();
        _reader = new RequestReader(_index.Vocabulary, weights.Request);
        _ranker = new Ranker(_index, weights);
    }

    /// <summary>The tools that are searched.</summary>
    public IReadOnlyList<SearchableTool> Tools { get; }

    public static ToolSearchIndex Create(IReadOnlyList<SearchableTool> tools) => new(tools, RankingWeights.Default);

    /// <summary>That of a catalog; made at the first search.</summary>
    public static ToolSearchIndex Of(ToolCatalog catalog) =>
        Known.GetValue(catalog, static catalog => Create([.. catalog.Tools.Select(SearchableTool.Of)]));

    /// <summary>The index of a catalog is there.</summary>
    internal static bool IsMade(ToolCatalog catalog) => Known.TryGetValue(catalog, out _);

    /// <summary>
    /// The tools that fit best, best first; a deprecated one after all others that fit nearly as well.
    /// </summary>
    /// <param name="request">Words, or a sentence.</param>
    /// <param name="most">How many are returned at most.</param>
    /// <param name="allows">Which tools count, by their place in <see cref="Tools"/>; null for all.</param>
    public IReadOnlyList<SearchHit> Search(string request, int most, Func<int, bool>? allows = null)
    {
        var scores = _ranker.Rank(_reader.Read(request));
        var found = new List<SearchHit>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > 0 && allows?.Invoke(i) != false)
                found.Add(new SearchHit(i, scores[i]));
        }
        // Equal scores stay in the order of the tools.
        return [.. found.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Position).Take(most)];
    }

    /// <summary>Why a tool has its score, by word, field and factor.</summary>
    /// <param name="request">As given to <see cref="Search"/>.</param>
    /// <param name="position">The tool's place in <see cref="Tools"/>.</param>
    public SearchExplanation Explain(string request, int position) => _ranker.Explain(_reader.Read(request), position);
}

/// <summary>A tool that was found.</summary>
/// <param name="Position">Its place in <see cref="ToolSearchIndex.Tools"/>.</param>
/// <param name="Score">Above 0; to be compared with other scores of the same search only.</param>
public readonly record struct SearchHit(int Position, double Score);
