namespace McpRuntime.Search.Words;

/// <summary>What verbs ask for (Data/verbs.txt). Immutable.</summary>
internal sealed class Verbs
{
    private static readonly Lazy<Verbs> Loaded = new(() => new Verbs(WordFile.Lines("verbs.txt")));

    private readonly Dictionary<string, Verb> _verbs = new(StringComparer.Ordinal);

    public Verbs(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var (name, words) = WordFile.Halves(line, ':');
            var isGeneric = name.EndsWith('*');
            var kind = Enum.Parse<OperationKind>(name.TrimEnd('*'), ignoreCase: true);
            foreach (var key in WordFile.Entries(words).Select(Phrase.Key))
            {
                var known = _verbs.GetValueOrDefault(key, new Verb([], isGeneric));
                _verbs[key] = new Verb([.. known.Kinds.Union([kind])], known.IsGeneric && isGeneric);
            }
        }
    }

    public static Verbs Default => Loaded.Value;

    /// <summary>The verbs; see <see cref="Phrase.Key"/>.</summary>
    public IEnumerable<string> Keys => _verbs.Keys;

    public Verb? Find(string key) => _verbs.GetValueOrDefault(key);
}

/// <summary>What a verb asks for.</summary>
/// <param name="Kinds">The likeliest first.</param>
/// <param name="IsGeneric">It says nothing else: every resource can be shown or created, but not every one can be
/// archived.</param>
internal sealed record Verb(OperationKind[] Kinds, bool IsGeneric);
