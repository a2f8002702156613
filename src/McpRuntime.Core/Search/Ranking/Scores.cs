namespace McpRuntime.Search.Ranking;

/// <summary>What a request gives each tool while its words are looked for.</summary>
internal sealed class Scores(int tools)
{
    /// <summary>The sum over the words.</summary>
    public double[] Text { get; } = new double[tools];

    /// <summary>How many words of the last segment, of the path, the name and the title the request has.</summary>
    public double[] Resource { get; } = new double[tools];

    public double[] Path { get; } = new double[tools];

    public double[] Name { get; } = new double[tools];

    public double[] Title { get; } = new double[tools];

    /// <summary>How well the last segment is what the request is about.</summary>
    public double[] Head { get; } = new double[tools];

    /// <summary>What the word that is looked for gives each tool.</summary>
    public double[] Best { get; } = new double[tools];

    /// <summary>How much the meaning counts that fits best.</summary>
    public double[] BestWeight { get; } = new double[tools];

    public int[] BestFields { get; } = new int[tools];

    /// <summary>The tools that <see cref="Best"/> is not 0 for.</summary>
    public List<int> Found { get; } = [];
}
