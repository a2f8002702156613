using McpRuntime.Search.Words;

namespace McpRuntime.Search.Requests;

/// <summary>
/// Reads what a request asks for: which words count, what they may be called in an API, and what is to be done.
/// </summary>
/// <param name="vocabulary">The words of the tools.</param>
/// <param name="weights">How much parts count.</param>
internal sealed class RequestReader(IVocabulary vocabulary, RequestWeights weights)
{
    // A longer request is not a request; the work must stay small.
    private const int MaxWords = 64;

    private static readonly HashSet<string> Prepositions = new(StringComparer.Ordinal)
    {
        "of",
        "in",
        "for",
        "on",
        "to",
        "from",
        "with",
        "by",
        "at",
        "into",
        "as",
        "about",
        "under",
        "between",
        "that",
        "who",
        "which",
    };

    public ReadRequest Read(string text)
    {
        var words = RequestWord.Read(text);
        if (words.Count > MaxWords)
            words.RemoveRange(MaxWords, words.Count - MaxWords);
        var language = StopWords.Default.LanguageOf([
            .. words.Where(word => word.ValueOf is null).Select(word => word.Text),
        ]);
        if (language == "ja")
            words = JapaneseWords.Split(words, Lexicon.All["ja"]);
        var result = new RequestCollector(weights);
        for (var at = 0; at < words.Count; )
            at += ReadAt(words, at, language, result);
        return result.Build();
    }

    // Returns how many words were read.
    private int ReadAt(List<RequestWord> words, int at, string language, RequestCollector result)
    {
        if (words[at].ValueOf is { } value)
        {
            if (value.Length > 0)
                result.Add(
                    new RequestTerm(words[at].Text, weights.Value, [new Meaning(value, 1, MeaningOrigin.Value)])
                );
            return 1;
        }
        var most = Math.Min(Phrase.MaxWords, words.Skip(at).TakeWhile(word => word.ValueOf is null).Count());
        for (var count = most; count >= 1; count--)
        {
            var phrase = words.GetRange(at, count);
            if (language != "en" && Translate(phrase, Lexicon.All[language], inAnyForm: true, result))
                return count;
            if (ReadPhrase(phrase, words, at, result))
                return count;
        }
        ReadWord(words, at, language, result);
        return 1;
    }

    // A phrase of the lists: a verb, a thing, or both.
    private bool ReadPhrase(List<RequestWord> phrase, List<RequestWord> words, int at, RequestCollector result)
    {
        var key = string.Join(' ', phrase.Select(word => word.Stem));
        var verb = Verbs.Default.Find(key);
        var stopped = phrase.TrueForAll(word => StopWords.Default.Contains("en", word.Text));
        // 'is', 'who' and 'did' ask for something only where a sentence begins.
        if (stopped && (!phrase[0].BeginsSentence || verb is null))
            return false;
        var meanings = Thesaurus.Default.Find(key);
        if (verb is null && (meanings.Length == 0 || (phrase.Count == 1 && stopped)))
            return false;
        if (verb is not null)
            result.AddVerb(verb.Kinds);
        if (stopped)
            return true;
        Add(phrase, words, at, verb, meanings, result);
        return true;
    }

    private void ReadWord(List<RequestWord> words, int at, string language, RequestCollector result)
    {
        var word = words[at];
        if (
            StopWords.Default.Contains(language, word.Text)
            || StopWords.Default.Contains("en", word.Text)
            || word.Text.Length < 2
        )
        {
            if (Prepositions.Contains(word.Text))
                result.EndHead();
            return;
        }
        if (vocabulary.Contains(word.Stem))
        {
            Add([word], words, at, null, [], result);
            return;
        }
        foreach (var lexicon in Lexicon.All.Values)
        {
            if (Translate([word], lexicon, inAnyForm: word.Text.Length > 5, result))
                return;
        }
        if (
            !TryParts(word, result)
            && !TryWithoutUn(word, result)
            && !word.IsName
            && vocabulary.Respell(word.Text) is { } respelled
        )
        {
            if (StopWords.Default.Contains("en", respelled))
                return;
            result.Origin = (MeaningOrigin.Respelled, weights.Respelled);
            var read = new RequestWord(respelled, Stemmer.Stem(respelled))
            {
                BeginsSentence = word.BeginsSentence,
                IsQuoted = word.IsQuoted,
            };
            if (!ReadPhrase([read], words, at, result))
                Add([read], words, at, null, [], result);
            result.Origin = null;
        }
    }

    private void Add(
        List<RequestWord> phrase,
        List<RequestWord> words,
        int at,
        Verb? verb,
        string[][] synonyms,
        RequestCollector result
    )
    {
        string[] stems =
        [
            .. phrase
                .Where(word => phrase.Count == 1 || !StopWords.Default.Contains("en", word.Text))
                .Select(word => word.Stem),
        ];
        if (stems.Length == 0)
            stems = [.. phrase.Select(word => word.Stem)];
        var meanings = new List<Meaning> { new(stems, 1, MeaningOrigin.Written) };
        var joined = Joined(phrase, words, at);
        meanings.AddRange(joined.Select(stem => new Meaning([stem], 1, MeaningOrigin.Joined)));
        meanings.AddRange(synonyms.Select(synonym => new Meaning(synonym, weights.Synonym, MeaningOrigin.Synonym)));
        var weight =
            verb is null ? 1
            : verb.IsGeneric ? weights.GenericVerb
            : weights.Verb;
        weight *= 1 + ((stems.Length - 1) * weights.LaterWord);
        if (phrase[0].IsQuoted)
            weight *= weights.Quoted;
        else if (phrase[0].IsName)
            weight *= weights.Name;
        result.Add(
            new RequestTerm(string.Join(' ', phrase.Select(word => word.Text)), weight, meanings),
            isThing: verb is null || !result.IsFirstVerb
        );
    }

    // 'cron job' where the tools say 'cronjobs'.
    private IEnumerable<string> Joined(List<RequestWord> phrase, List<RequestWord> words, int at)
    {
        for (var i = Math.Max(0, at - 1); i < Math.Min(words.Count - 1, at + phrase.Count); i++)
        {
            if (
                words[i].ValueOf is null
                && words[i + 1].ValueOf is null
                && words[i].Text.Length + words[i + 1].Text.Length > 4
                && Stemmer.Stem(words[i].Text + words[i + 1].Text) is var stem
                && vocabulary.Contains(stem)
            )
                yield return stem;
        }
    }

    // 'subaccount' where the tools say 'sub account'.
    private bool TryParts(RequestWord word, RequestCollector result)
    {
        for (var i = 3; i <= word.Text.Length - 3; i++)
        {
            var (left, right) = (Stemmer.Stem(word.Text[..i]), Stemmer.Stem(word.Text[i..]));
            if (!vocabulary.Contains(left) || !vocabulary.Contains(right))
                continue;
            result.Add(new RequestTerm(word.Text, 1, [new Meaning([left, right], 1, MeaningOrigin.Joined)]));
            return true;
        }
        return false;
    }

    // 'unban' where the tools say 'delete ban'.
    private bool TryWithoutUn(RequestWord word, RequestCollector result)
    {
        if (word.Text.Length < 5 || !word.Text.StartsWith("un", StringComparison.Ordinal))
            return false;
        var stem = Stemmer.Stem(word.Text[2..]);
        if (!vocabulary.Contains(stem))
            return false;
        result.AddVerb([OperationKind.Delete, OperationKind.Action]);
        result.Add(new RequestTerm(word.Text, 1, [new Meaning([stem], 1, MeaningOrigin.Joined)]));
        return true;
    }

    private bool Translate(List<RequestWord> phrase, Lexicon lexicon, bool inAnyForm, RequestCollector result)
    {
        var english = lexicon.Find(string.Join(' ', phrase.Select(word => word.Text)), inAnyForm);
        if (english.Length == 0)
            return false;
        var meanings = new List<Meaning>();
        Verb? first = null;
        foreach (var (stems, key) in english.Select(word => (Phrase.Stems(word), Phrase.Key(word))))
        {
            // The first verb is what the word means in most cases; the others are as good as its synonyms.
            var translated = weights.Translated * (first is null ? 1 : weights.Synonym);
            if (Verbs.Default.Find(key) is { } verb)
                first ??= verb;
            meanings.Add(new Meaning(stems, translated, MeaningOrigin.Translated));
            meanings.AddRange(
                Thesaurus
                    .Default.Find(key)
                    .Select(synonym => new Meaning(synonym, translated * weights.Synonym, MeaningOrigin.Synonym))
            );
        }
        if (first is not null)
            result.AddVerb(first.Kinds);
        var weight =
            first is null ? 1
            : first.IsGeneric ? weights.GenericVerb
            : weights.Verb;
        result.Add(
            new RequestTerm(string.Join(' ', phrase.Select(word => word.Text)), weight, meanings),
            isThing: first is null
        );
        return true;
    }
}
