namespace McpRuntime.Search.Words;

/// <summary>What people call things, and what APIs call them (Data/thesaurus.txt). Immutable.</summary>
internal sealed class Thesaurus
{
    private static readonly Lazy<Thesaurus> Loaded = new(() => new Thesaurus(WordFile.Lines("thesaurus.txt")));

    private readonly Dictionary<string, string[][]> _meanings = new(StringComparer.Ordinal);

    public Thesaurus(IEnumerable<string> lines)
    {
        var meanings = new Dictionary<string, Dictionary<string, string[]>>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Contains('>', StringComparison.Ordinal))
            {
                var (left, right) = WordFile.Halves(line, '>');
                Add(meanings, WordFile.Entries(left), WordFile.Entries(right));
                continue;
            }
            var equals = line.Split('=', StringSplitOptions.TrimEntries);
            Add(meanings, equals, equals);
        }
        foreach (var (key, words) in meanings)
            _meanings.Add(key, [.. words.Values]);
    }

    public static Thesaurus Default => Loaded.Value;

    /// <summary>The phrases that have a meaning here; see <see cref="Phrase.Key"/>.</summary>
    public IEnumerable<string> Keys => _meanings.Keys;

    /// <summary>What a phrase may mean, each as its stems; empty for one that is not here.</summary>
    public string[][] Find(string key) => _meanings.GetValueOrDefault(key, []);

    private static void Add(Dictionary<string, Dictionary<string, string[]>> meanings, string[] left, string[] right)
    {
        foreach (var word in left)
        {
            var key = Phrase.Key(word);
            if (!meanings.TryGetValue(key, out var known))
                meanings.Add(key, known = new Dictionary<string, string[]>(StringComparer.Ordinal));
            foreach (var meaning in right)
            {
                var stems = Phrase.Stems(meaning);
                var other = string.Join(' ', stems);
                if (other != key)
                    known.TryAdd(other, stems);
            }
        }
    }
}
