namespace McpRuntime.Search.Words;

/// <summary>Phrases as keys: the stems of their words, one space between two.</summary>
internal static class Phrase
{
    /// <summary>Phrases of more words are not in the lists.</summary>
    public const int MaxWords = 5;

    public static string[] Stems(string text) => [.. WordSplitter.Split(text).Select(Stemmer.Stem)];

    public static string Key(string text) => string.Join(' ', Stems(text));
}
