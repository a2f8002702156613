using McpRuntime.Search.Words;

namespace McpRuntime.Search.Indexing;

/// <summary>Reads tools, one after the other, into an index.</summary>
internal sealed class IndexBuilder(FieldWeights weights)
{
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<Postings> _postings = [];
    private readonly List<ToolFacts> _facts = [];

    // By the word as it is written; texts repeat their words a lot, and stemming takes time.
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _spellings = new(StringComparer.Ordinal);
    private readonly List<int> _field = [];

    public void Add(SearchableTool tool)
    {
        var text = ToolText.Of(tool);
        var at = _facts.Count;
        var (names, choices) = tool.InputSchema is { } schema ? SchemaWords.Of(schema, tool.Definitions) : ([], []);
        for (var field = Field.Name; field <= Field.Connector; field++)
        {
            _field.Clear();
            foreach (
                var part in field switch
                {
                    Field.Arguments => names,
                    Field.Choices => choices,
                    _ => text.Of(field),
                }
            )
                Read(
                    part,
                    isSpelling: field is Field.Name or Field.Resource or Field.Path or Field.Title or Field.Tags
                );
            var weight = weights.Of(field, _field.Count);
            foreach (var term in _field)
                _postings[term].Add(at, field, weight);
        }
        _facts.Add(
            new ToolFacts(
                ToolKinds.Of(text),
                text.IsDeprecated,
                CountWords(text, Field.Resource, withVerbs: true),
                CountWords(text, Field.Path, withVerbs: true),
                CountWords(text, Field.Name, withVerbs: false),
                CountWords(text, Field.Title, withVerbs: false),
                text.Path.Segments.Count + text.Path.Arguments.Count
            )
        );
    }

    public ToolIndex Build()
    {
        foreach (var postings in _postings)
            postings.Trim();
        return new ToolIndex(_terms, [.. _postings], [.. _facts], new Vocabulary(_terms, _spellings));
    }

    private void Read(string text, bool isSpelling)
    {
        foreach (var range in WordSplitter.Ranges(text))
        {
            var word = WordSplitter.Fold(text.AsSpan()[range]);
            if (!_known.TryGetValue(word, out var term))
            {
                var stem = Stemmer.Stem(word);
                term = StopWords.Default.Contains("en", word) ? -1 : TermOf(stem);
                _known.Add(word, term);
            }
            if (term < 0)
                continue;
            if (isSpelling)
                _spellings.Add(word);
            _field.Add(term);
        }
    }

    private int TermOf(string stem)
    {
        if (!_terms.TryGetValue(stem, out var term))
        {
            _terms.Add(stem, term = _postings.Count);
            _postings.Add(new Postings());
        }
        return term;
    }

    private int CountWords(ToolText text, Field field, bool withVerbs)
    {
        var words = new HashSet<int>();
        foreach (var part in text.Of(field))
        {
            foreach (var word in WordSplitter.Split(part))
            {
                if (
                    _known.TryGetValue(word, out var term)
                    && term >= 0
                    && (withVerbs || Verbs.Default.Find(Stemmer.Stem(word)) is not { IsGeneric: true })
                )
                    words.Add(term);
            }
        }
        return words.Count;
    }
}
