using McpRuntime.Search.Requests;

namespace McpRuntime.Search.Indexing;

/// <summary>Where the words of tools are. Immutable.</summary>
internal sealed class ToolIndex(
    Dictionary<string, int> terms,
    Postings[] postings,
    ToolFacts[] facts,
    IVocabulary vocabulary
)
{
    public IReadOnlyList<ToolFacts> Facts => facts;

    public IVocabulary Vocabulary => vocabulary;

    /// <summary>The tools that a stem is in; null for none.</summary>
    public Postings? Find(string stem) => terms.TryGetValue(stem, out var term) ? postings[term] : null;

    /// <summary>How rare a word is, from 0 (all tools have it) to 1.</summary>
    public double Rarity(Postings found) =>
        Math.Log(1 + ((facts.Length - found.Count + 0.5) / (found.Count + 0.5))) / Math.Log(2 + (2 * facts.Length));
}
