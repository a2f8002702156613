using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>A literal part of a path.</summary>
internal sealed record PathSegment
{
    private PathSegment(List<string> words, List<string> singular)
    {
        Words = words;
        Singular = singular;
        Noun = string.Concat(singular.Select(NameParts.Pascal));
    }

    /// <summary>In lower case, as the path has them.</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>In lower case, with the noun among them in the singular.</summary>
    internal IReadOnlyList<string> Singular { get; }

    /// <summary>The singular as a part of a command's noun.</summary>
    internal string Noun { get; }

    /// <summary>A path argument comes next.</summary>
    internal bool HasItem { get; init; }

    /// <summary>The part after a colon or the last dot: <c>chat.postMessage</c>, <c>{name}:cancel</c>.</summary>
    internal bool IsMethod { get; init; }

    /// <summary>What an action leaves of its words: it says nothing without its owner.</summary>
    internal bool IsRest { get; init; }

    /// <summary>A collection, as far as its word says.</summary>
    internal bool IsPlural => !Words.SequenceEqual(Singular);

    internal static PathSegment Of(IEnumerable<string> words, WordForms forms)
    {
        List<string> all = [.. words.Select(word => word.ToLowerInvariant())];
        List<string> singular = [.. all];
        var head = Head(all, forms);
        if (head >= 0)
            singular[head] = forms.Singular(all[head]);
        return new PathSegment(all, singular);
    }

    /// <summary>The segment with the words that its one word was written of.</summary>
    internal PathSegment Split(IReadOnlyList<string> words) =>
        new(IsPlural ? [.. words.SkipLast(1), Words[^1]] : [.. words], [.. words])
        {
            HasItem = HasItem,
            IsMethod = IsMethod,
        };

    // Of "codes of conduct" and "projects v2", the first word is the noun.
    private static int Head(List<string> words, WordForms forms)
    {
        var preposition = words.Count == 0 ? -1 : words.FindIndex(1, NounWords.IsPreposition);
        // Terms of services are many, and so are codes of conduct.
        var head =
            preposition > 0 && preposition < words.Count - 1 && !forms.IsPlural(words[^1])
                ? preposition - 1
                : words.Count - 1;
        while (head > 0 && words[head].Any(char.IsAsciiDigit))
            head--;
        return head;
    }
}
