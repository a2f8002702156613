using McpRuntime.Search.Indexing;
using McpRuntime.Search.Requests;

namespace McpRuntime.Search.Ranking;

/// <summary>
/// How much each part of a score counts. Set by trial on requests to real APIs (docs/design.md, Search).
/// </summary>
internal sealed record RankingWeights
{
    public static RankingWeights Default { get; } = new();

    public FieldWeights Fields { get; init; } = new();

    public RequestWeights Request { get; init; } = new();

    /// <summary>BM25's k: how soon more of the same word adds nothing.</summary>
    public double Saturation { get; init; } = 1;

    /// <summary>How much rare words count more than common ones; 0 for not at all.</summary>
    public double Rarity { get; init; } = 1;

    /// <summary>The words of the request are all that the tool's last segment has.</summary>
    public double Resource { get; init; } = 0.25;

    /// <summary>The same of the segments before it.</summary>
    public double Path { get; init; } = 0.15;

    public double Name { get; init; } = 0.25;

    public double Title { get; init; } = 0.15;

    /// <summary>What the request is about is the last segment.</summary>
    public double Head { get; init; } = 0.15;

    /// <summary>The operation does what the request asks for.</summary>
    public double Kind { get; init; } = 0.5;

    /// <summary>
    /// What is left of the score of a deprecated operation, so that it comes after all that fit nearly as well.
    /// </summary>
    public double Deprecated { get; init; } = 0.3;

    /// <summary>Taken off for each segment of the path.</summary>
    public double Depth { get; init; } = 0.015;
}
