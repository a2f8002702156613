using McpRuntime.Search.Words;

namespace McpRuntime.Search.Requests;

/// <summary>Finds the words of Japanese text, which has no spaces.</summary>
internal static class JapaneseWords
{
    /// <summary>The longest word of the lexicon at each place; what is between them is left out.</summary>
    public static List<RequestWord> Split(List<RequestWord> words, Lexicon lexicon)
    {
        var result = new List<RequestWord>();
        foreach (var word in words)
        {
            if (!WordSplitter.IsUnspaced(word.Text.Length > 0 ? word.Text[0] : ' '))
            {
                result.Add(word);
                continue;
            }
            for (var at = 0; at < word.Text.Length; )
            {
                var length = Math.Min(lexicon.LongestWord, word.Text.Length - at);
                while (length > 0 && lexicon.Find(word.Text.Substring(at, length), inAnyForm: false).Length == 0)
                    length--;
                if (length > 0)
                    result.Add(new RequestWord(word.Text.Substring(at, length), word.Text.Substring(at, length)));
                at += Math.Max(1, length);
            }
        }
        return result;
    }
}
