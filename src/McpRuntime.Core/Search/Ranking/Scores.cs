using McpRuntime.Search.Requests;

namespace McpRuntime.Search.Ranking;

/// <summary>What a request gives each tool while its words are looked for.</summary>
internal sealed class Scores(int tools)
{
    /// <summary>The sum over the words.</summary>
    public double[] Text { get; } = new double[tools];

    /// <summary>How many words of the last segment the request has.</summary>
    public double[] Resource { get; } = new double[tools];

    /// <summary>The same of the segments before it.</summary>
    public double[] Path { get; } = new double[tools];

    public double[] Name { get; } = new double[tools];

    public double[] Title { get; } = new double[tools];

    /// <summary>How well the last segment is what the request is about.</summary>
    public double[] Head { get; } = new double[tools];

    /// <summary>The most that the tools can get for all words.</summary>
    public double Most { get; set; }

    /// <summary>What the word that is looked for gives each tool.</summary>
    public WordMatch[] Best { get; } = new WordMatch[tools];

    /// <summary>The tools that have the word that is looked for.</summary>
    public List<int> Found { get; } = [];
}

/// <summary>How a tool has a word.</summary>
/// <param name="Value">What it gives.</param>
/// <param name="Strength">How much the meaning counts.</param>
/// <param name="Fields">Bit n for the field n.</param>
/// <param name="Meaning">What it was found as.</param>
internal readonly record struct WordMatch(double Value, double Strength, int Fields, Meaning? Meaning);
