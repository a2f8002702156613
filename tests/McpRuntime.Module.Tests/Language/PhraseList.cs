using System.Text.RegularExpressions;

namespace McpRuntime.Module.Tests.Language;

/// <summary>The phrases of <c>plain-english.txt</c>.</summary>
internal sealed class PhraseList
{
    private readonly List<(Regex Phrase, string Instead)> _texts = [];
    private readonly List<(Regex Phrase, string Instead)> _names = [];

    /// <summary>Where each phrase occurs in a text, with what to write instead.</summary>
    public IEnumerable<string> In(string text) => Find(_texts, text);

    /// <summary>The same in the words of a name.</summary>
    public IEnumerable<string> InName(string words) => Find(_names, words);

    public static PhraseList Read(string file)
    {
        var list = new PhraseList();
        var target = list._texts;
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line == "[names]")
            {
                target = list._names;
                continue;
            }
            var parts = line.Split(" => ");
            target.Add((new Regex(parts[0], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), parts[1]));
        }
        return list;
    }

    private static IEnumerable<string> Find(List<(Regex Phrase, string Instead)> phrases, string text) =>
        phrases
            .Where(entry => entry.Phrase.IsMatch(text))
            .Select(entry => $"'{entry.Phrase.Match(text).Value}' ({entry.Instead}) in: {text}");
}
