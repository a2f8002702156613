using System.Text;
using McpRuntime.Search.Words;

namespace McpRuntime.Search.Requests;

/// <summary>A word of a request.</summary>
/// <param name="Text">In small letters, without accents.</param>
/// <param name="Stem">Its stem.</param>
internal sealed record RequestWord(string Text, string Stem)
{
    /// <summary>It begins a sentence.</summary>
    public bool BeginsSentence { get; init; }

    /// <summary>It has a capital letter within a sentence, so that it may be someone's name.</summary>
    public bool IsName { get; init; }

    /// <summary>It is in quotation marks, so that it is a value, not a thing of the API.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>What a value such as an address is; null for a word.</summary>
    public string[]? ValueOf { get; init; }

    public static List<RequestWord> Read(string text)
    {
        var words = new List<RequestWord>();
        var (begins, quoted) = (true, false);
        foreach (var raw in text.Replace('’', '\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            quoted |= raw[0] is '"' or '“' or '«' or '„' or '「';
            var token = raw.Trim('"', '“', '”', '«', '»', '„', '「', '」', '(', ')', '!', '?', ',', ';', ':', '…', '.');
            if (ValueKinds.Find(token) is { } value)
                words.Add(new RequestWord(token, "") { ValueOf = value });
            else
                AddWords(words, token, begins, quoted);
            quoted &= raw.IndexOfAny(['"', '”', '»', '“', '」'], 1) < 0 || raw.Length == 1;
            begins = raw[^1] is '.' or '!' or '?' or ':' or ';';
        }
        return words;
    }

    private static void AddWords(List<RequestWord> words, string token, bool begins, bool quoted)
    {
        var plain = Apostrophes(token);
        foreach (var range in WordSplitter.Ranges(plain))
        {
            var word = WordSplitter.Fold(plain.AsSpan()[range]);
            words.Add(
                new RequestWord(word, Stemmer.Stem(word))
                {
                    BeginsSentence = begins,
                    IsQuoted = quoted,
                    IsName = !begins && char.IsUpper(plain[range.Start.Value]),
                }
            );
            begins = false;
        }
    }

    // "dog's" is dog, "don't" is one word; the rest is French.
    private static string Apostrophes(string token)
    {
        var plain = new StringBuilder(token);
        for (var at = token.Length - 1; at > 0; at--)
        {
            if (token[at] != '\'')
                continue;
            switch (token[(at + 1)..].ToLowerInvariant())
            {
                case "s" or "":
                    plain.Length = at;
                    break;
                case "t" or "m" or "re" or "ve" or "ll" or "d":
                    plain.Remove(at, 1);
                    break;
            }
        }
        return plain.ToString();
    }
}
