namespace McpRuntime.Search.Words;

/// <summary>Words that say nothing about an operation, by language (Data/stopwords.txt). Immutable.</summary>
internal sealed class StopWords
{
    private const string English = "en";

    private static readonly Lazy<StopWords> Loaded = new(() => new StopWords(WordFile.Lines("stopwords.txt")));

    private readonly Dictionary<string, HashSet<string>> _languages = new(StringComparer.Ordinal);

    public StopWords(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var (code, words) = WordFile.Halves(line, ':');
            _languages.Add(
                code,
                words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal)
            );
        }
    }

    public static StopWords Default => Loaded.Value;

    public bool Contains(string language, string word) =>
        _languages.TryGetValue(language, out var words) && words.Contains(word);

    /// <summary>English, unless more of the words belong to another language.</summary>
    public string LanguageOf(IReadOnlyCollection<string> words)
    {
        if (words.Any(word => WordSplitter.IsUnspaced(word[0])))
            return "ja";
        var (language, most) = (English, words.Count(_languages[English].Contains));
        foreach (var (code, list) in _languages)
        {
            var count = words.Count(list.Contains);
            if (count > most)
                (language, most) = (code, count);
        }
        return language;
    }

    /// <summary>All words of the English list.</summary>
    public IEnumerable<string> EnglishWords => _languages[English];
}
