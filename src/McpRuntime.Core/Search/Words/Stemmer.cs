namespace McpRuntime.Search.Words;

/// <summary>
/// Brings the forms of an English word to one stem, which need not be a word: M. F. Porter, "An algorithm for suffix
/// stripping" (1980), with a few exceptions for words of APIs that it would cut too far.
/// </summary>
internal static class Stemmer
{
    // Singulars that end in s, irregular forms, and words that would have the stem of another one: 'setting' and 'set',
    // 'customer' and 'custom'.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["setting"] = "setting",
        ["settings"] = "setting",
        ["alias"] = "alias",
        ["canvas"] = "canvas",
        ["news"] = "news",
        ["atlas"] = "atlas",
        ["data"] = "data",
        ["media"] = "media",
        ["people"] = "peopl",
        ["children"] = "child",
        ["indices"] = "index",
        ["queries"] = "queri",
        ["query"] = "queri",
        ["paid"] = "pay",
        ["sent"] = "send",
        ["left"] = "leav",
        ["made"] = "make",
        ["bought"] = "buy",
        ["kept"] = "keep",
        ["sold"] = "sell",
        ["got"] = "get",
        ["gotten"] = "get",
        ["took"] = "take",
        ["taken"] = "take",
        ["wrote"] = "write",
        ["written"] = "write",
        ["gave"] = "give",
        ["given"] = "give",
        ["shown"] = "show",
        ["chose"] = "choos",
        ["chosen"] = "choos",
        ["ran"] = "run",
        ["hidden"] = "hide",
        ["began"] = "begin",
        ["begun"] = "begin",
        ["broke"] = "break",
        ["broken"] = "break",
        ["stolen"] = "steal",
        ["lost"] = "lose",
        ["found"] = "find",
        ["told"] = "tell",
        ["threw"] = "throw",
        ["thrown"] = "throw",
        ["held"] = "hold",
        ["spent"] = "spend",
        ["lent"] = "lend",
        ["bound"] = "bind",
        ["built"] = "build",
        ["spoke"] = "speak",
        ["forgot"] = "forget",
        ["forgotten"] = "forget",
        ["frozen"] = "freez",
        ["proxies"] = "proxi",
        ["proxy"] = "proxi",
        ["generic"] = "generic",
        ["organisation"] = "organ",
        ["organisations"] = "organ",
        ["customer"] = "customer",
        ["customers"] = "customer",
        ["authorize"] = "authoriz",
        ["authorise"] = "authoriz",
        ["authorized"] = "authoriz",
        ["authorization"] = "authoriz",
        ["authorizations"] = "authoriz",
        ["authorisation"] = "authoriz",
        ["generate"] = "generat",
        ["generates"] = "generat",
        ["generated"] = "generat",
        ["community"] = "community",
        ["communities"] = "community",
        ["subscription"] = "subscrib",
        ["subscriptions"] = "subscrib",
        ["transcription"] = "transcrib",
        ["transcriptions"] = "transcrib",
    };

    /// <param name="word">In small letters.</param>
    public static string Stem(string word)
    {
        if (word.Length < 3 || word.Length > 40 || !char.IsAsciiLetter(word[^1]))
            return word;
        if (Exceptions.TryGetValue(word, out var known))
            return known;
        var text = new StemText(word);
        StemSteps.Plural(text);
        StemSteps.PastAndProgressive(text);
        StemSteps.FinalY(text);
        StemSteps.LongSuffixes(text);
        StemSteps.FinalE(text);
        return text.ToString();
    }
}
