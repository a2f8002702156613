using McpRuntime.Search.Requests;
using McpRuntime.Search.Words;

namespace McpRuntime.Search.Indexing;

/// <summary>The words of the tools, and those of the lists, which a request may mean too.</summary>
internal sealed class Vocabulary : IVocabulary
{
    private readonly IReadOnlyDictionary<string, int> _terms;
    private readonly Lazy<Spelling> _spelling;

    public Vocabulary(IReadOnlyDictionary<string, int> terms, IReadOnlyCollection<string> spellings)
    {
        _terms = terms;
        // Only a request with an unknown word needs it.
        _spelling = new Lazy<Spelling>(() => new Spelling([.. spellings, .. General()]));
    }

    public bool Contains(string stem) => _terms.ContainsKey(stem);

    public string? Respell(string word) => _spelling.Value.Nearest(word);

    private static IEnumerable<string> General() =>
        WordFile
            .Lines("thesaurus.txt")
            .Concat(WordFile.Lines("verbs.txt"))
            .SelectMany(WordSplitter.Split)
            .Concat(StopWords.Default.EnglishWords);
}
