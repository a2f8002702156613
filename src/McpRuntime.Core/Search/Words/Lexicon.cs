namespace McpRuntime.Search.Words;

/// <summary>Words of another language and the English ones of APIs (Data/lexicon-*.txt). Immutable.</summary>
internal sealed class Lexicon
{
    private const int ShortestStem = 3;

    private static readonly Lazy<IReadOnlyDictionary<string, Lexicon>> Loaded = new(() =>
        new Dictionary<string, Lexicon>(
            new[] { "de", "fr", "es", "ja" }.Select(code =>
                KeyValuePair.Create(code, new Lexicon(WordFile.Lines($"lexicon-{code}.txt")))
            )
        )
    );

    private readonly string[] _endings = [];
    private readonly Dictionary<string, string[]> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _stems = new(StringComparer.Ordinal);

    public Lexicon(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var (words, meanings) = WordFile.Halves(line, ':');
            if (words == "endings")
            {
                _endings = meanings.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                continue;
            }
            var english = WordFile.Entries(meanings);
            foreach (var word in WordFile.Entries(words))
            {
                Add(word, english);
                // Who has no such keys writes 'loesche' for 'lösche'.
                if (word.AsSpan().IndexOfAny('ä', 'ö', 'ü') >= 0)
                    Add(
                        word.Replace("ä", "ae", StringComparison.Ordinal)
                            .Replace("ö", "oe", StringComparison.Ordinal)
                            .Replace("ü", "ue", StringComparison.Ordinal),
                        english
                    );
            }
        }
    }

    /// <summary>By code of the language.</summary>
    public static IReadOnlyDictionary<string, Lexicon> All => Loaded.Value;

    /// <summary>Characters of the longest word.</summary>
    public int LongestWord { get; private set; }

    /// <summary>The English words; empty for a word that is not here.</summary>
    /// <param name="phrase">Words as <see cref="WordSplitter"/> gives them, one space between two.</param>
    /// <param name="inAnyForm">One word with another ending is the same word, and a compound has the meaning of its
    /// parts.</param>
    public string[] Find(string phrase, bool inAnyForm)
    {
        if (_words.TryGetValue(phrase, out var english))
            return english;
        if (!inAnyForm || phrase.Contains(' ', StringComparison.Ordinal))
            return [];
        return _stems.TryGetValue(Stem(phrase), out english) ? english : FindParts(phrase);
    }

    private void Add(string word, string[] english)
    {
        var key = string.Join(' ', WordSplitter.Split(word));
        LongestWord = Math.Max(LongestWord, key.Length);
        _words.TryAdd(key, english);
        if (!key.Contains(' ', StringComparison.Ordinal))
            _stems.TryAdd(Stem(key), english);
    }

    // 'Kreditkarte' + 'Nummer', and 's' between parts.
    private string[] FindParts(string word)
    {
        for (var length = word.Length - 4; length >= 4; length--)
        {
            var rest = word[length..];
            if (
                !_words.TryGetValue(word[..length], out var first)
                && !_stems.TryGetValue(Stem(word[..length]), out first)
            )
                continue;
            if (
                _stems.TryGetValue(Stem(rest), out var second)
                || (rest[0] == 's' && _stems.TryGetValue(Stem(rest[1..]), out second))
            )
                return [.. first, .. second];
        }
        return [];
    }

    private string Stem(string word)
    {
        foreach (var ending in _endings)
        {
            if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length];
        }
        return word;
    }
}
