namespace McpRuntime.Commands.Words;

/// <summary>What an operationId or a summary begins with, and the rest of it.</summary>
/// <param name="Verb">In lower case; null where there is none, or it is only the HTTP method's.</param>
/// <param name="First">The first word, whether or not it is known as a verb.</param>
/// <param name="Rest">The words after the verb, in lower case, without fillers.</param>
internal sealed record OperationWords(string? Verb, string? First, IReadOnlyList<string> Rest)
{
    /// <summary>The words of the group before, of <c>operations.cancel</c> the first.</summary>
    internal IReadOnlyList<string> Owner { get; private init; } = [];

    internal static OperationWords None { get; } = new(null, null, []);

    /// <summary>Of an operationId.</summary>
    /// <param name="id">As the document has it.</param>
    /// <param name="method">A verb that only repeats it says nothing.</param>
    internal static OperationWords OfId(string? id, string method)
    {
        if (string.IsNullOrEmpty(id))
            return None;
        var whole = Phrase(NameParts.Split(id));
        // issues/list-for-repo, VirtualMachines_CreateOrUpdate, chat_postMessage; of list_guild_members the whole.
        var cut = id.LastIndexOfAny(IsSnake(id) ? ['/', '.', ':'] : ['/', '.', ':', '_']);
        var last = cut < 0 ? whole : Phrase(NameParts.Split(id.AsSpan(cut + 1)));
        var owner = cut < 0 ? [] : Objects(Phrase(NameParts.Split(id[..cut].Split('/', '.', ':', '_')[^1])));
        if (last is [var first, ..] && VerbWords.Of(first) is not null)
            return Of(last, method) with { Owner = owner };
        return whole is [var any, ..] && VerbWords.Of(any) is not null
            ? Of(whole, method)
            : new OperationWords(null, last.FirstOrDefault(), Objects(last)) { Owner = owner };
    }

    /// <summary>Of a summary: <c>Cancels a run.</c></summary>
    internal static OperationWords OfSummary(string? summary, WordForms forms)
    {
        if (string.IsNullOrEmpty(summary))
            return None;
        var end = summary.AsSpan().IndexOfAny('.', '\n');
        var words = Phrase(NameParts.Split(end < 0 ? summary : summary.AsSpan(0, end)));
        if (words.Count == 0)
            return None;
        var first = VerbWords.Of(words[0]) is null ? forms.Singular(words[0]) : words[0];
        // "POST data to …" is about HTTP.
        var verb = VerbWords.Of(first) is null || first is "post" or "put" or "patch" ? null : first;
        return new OperationWords(verb, first, Objects(words[1..]));
    }

    private static OperationWords Of(List<string> words, string method) =>
        new(
            string.Equals(words[0], method, StringComparison.OrdinalIgnoreCase) ? null
                // createOrUpdate
                : words is ["create" or "insert" or "add" or "update", "or", ..] ? "put"
                : words[0],
            words[0],
            Objects(words[1..])
        );

    private static List<string> Objects(IReadOnlyList<string> words) =>
        [.. words.Where(word => !NounWords.IsFiller(word))];

    // Lower case, without words that only say how, and with what is written as two words in one.
    private static List<string> Phrase(List<string> words)
    {
        List<string> phrase = [.. words.Select(word => word.ToLowerInvariant())];
        while (phrase.Count > 1 && VerbWords.IsAdverb(phrase[0]))
            phrase.RemoveAt(0);
        return phrase.Count > 1 && Joined(phrase[0], phrase[1]) is { } one ? [one, .. phrase[2..]] : phrase;
    }

    private static string? Joined(string first, string second) =>
        (first, second) switch
        {
            ("re" or "un" or "de", _) => first + second,
            ("log" or "sign", "in") => "login",
            ("log" or "sign", "out") => "logout",
            ("set", "up") => "setup",
            ("roll", "back") => "rollback",
            _ => null,
        };

    private static bool IsSnake(string id) => !id.Any(char.IsAsciiLetterUpper);
}
