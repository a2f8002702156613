using McpRuntime.Search.Words;

namespace McpRuntime.Search.Indexing;

/// <summary>What an operation does, by its method, the end of its path, and the verb of its name or title.</summary>
internal static class ToolKinds
{
    public static OperationKind Of(ToolText text)
    {
        var path = text.Path;
        var verb = VerbOf(text.Tool.Name, fromBothEnds: true) ?? VerbOf(text.Title, fromBothEnds: false);
        return path.Method switch
        {
            "GET" or "HEAD" or "OPTIONS" or "QUERY" or "TRACE" => Reading(path, verb),
            "DELETE" => OperationKind.Delete,
            "PUT" or "PATCH" => verb?.Kinds is [OperationKind.Create, ..] && !path.EndsWithArgument
                ? OperationKind.Create
                : OperationKind.Update,
            "POST" => Posting(path, verb),
            _ => verb?.Kinds[0] ?? OperationKind.Action,
        };
    }

    private static OperationKind Reading(PathWords path, Verb? verb)
    {
        if (verb?.Kinds.Contains(OperationKind.Search) == true || Ends(path, "search"))
            return OperationKind.Search;
        if (verb?.Kinds.Contains(OperationKind.List) == true)
            return OperationKind.List;
        return !path.EndsWithArgument && path.Segments is [.., var last] && IsPlural(last)
            ? OperationKind.List
            : OperationKind.Get;
    }

    private static OperationKind Posting(PathWords path, Verb? verb)
    {
        if (verb is { IsGeneric: true })
            return verb.Kinds[0];
        if (path.EndsWithArgument)
            return OperationKind.Update;
        if (path.Segments is [.., var last])
        {
            var words = WordSplitter.Split(last);
            if (words.Count > 0 && IsPlural(words[^1]))
                return OperationKind.Create;
            if (words.Count > 0 && Verbs.Default.Find(Stemmer.Stem(words[0])) is { } action)
                return action.IsGeneric ? action.Kinds[0] : OperationKind.Action;
        }
        return verb?.Kinds.Contains(OperationKind.Create) == false ? OperationKind.Action : OperationKind.Create;
    }

    private static Verb? VerbOf(string text, bool fromBothEnds)
    {
        var words = WordSplitter.Split(text);
        if (words.Count == 0)
            return null;
        var first = Verbs.Default.Find(Stemmer.Stem(words[0]));
        if (!fromBothEnds || words.Count == 1 || first is { IsGeneric: true })
            return first;
        var last = Verbs.Default.Find(Stemmer.Stem(words[^1]));
        // 'issues_create', and 'meeting_delete'.
        return last is { IsGeneric: true } ? last
            : words.Count > 2 && Verbs.Default.Find(Stemmer.Stem(words[1])) is { IsGeneric: true } second ? second
            : first;
    }

    private static bool Ends(PathWords path, string word) =>
        path.Segments is [.., var last] && last.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsPlural(string word) =>
        word.Length > 3 && word[^1] is 's' or 'S' && word[^2] is not ('s' or 'S' or 'u');
}
