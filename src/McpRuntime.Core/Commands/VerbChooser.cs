using McpRuntime.Commands.Words;

namespace McpRuntime.Commands;

/// <summary>
/// Chooses verb and resource of an operation: the method bounds the verb; then an action at the end of the path counts,
/// the verb of operationId or summary, and what the method does to a collection or an item.
/// </summary>
internal sealed class VerbChooser(WordForms forms)
{
    internal CommandChoice Choose(NamedOperation operation)
    {
        var segments = operation.Path.Segments;
        if (operation.Fragment.Count > 0)
            return Told(operation, segments);
        var choice = Led(operation, segments)
            ?? (operation.IsReading ? Question(operation, segments) : Action(operation, segments))
            ?? Plain(operation, segments);
        // POST /{name}:cancel says not whose.
        return
            choice.Resource is [{ Singular: [var only] }]
            && choice.Verb is not ("Get" or "New")
            && VerbWords.Of(only) == choice.Verb
            && operation.Id.Owner.Count > 0
            ? choice with
            {
                Resource = [PathSegment.Of(operation.Id.Owner, forms)],
            }
            : choice;
    }

    /// <summary>What the method does where nothing else is said.</summary>
    internal static string DefaultVerb(NamedOperation operation) =>
        operation.Method switch
        {
            "GET" or "OPTIONS" => "Get",
            "HEAD" => "Test",
            "QUERY" => "Find",
            "DELETE" => "Remove",
            "PATCH" => "Update",
            "PUT" => operation is { HasPartialBody: true, HasPatch: false } ? "Update" : "Set",
            "POST" => operation.Path.IsItem ? "Update" : "New",
            _ => "Invoke",
        };

    // PUT /files/{id}#add_shared_link: what tells operations on one path apart.
    private CommandChoice Told(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        var words = operation.Fragment;
        var verb = VerbWords.Of(words[0]);
        if (verb is null || !VerbWords.Allows(operation.Method, verb))
            return new CommandChoice(
                Said(operation) ?? DefaultVerb(operation),
                [.. Described(segments), PathSegment.Of(words, forms) with { IsRest = true }]
            );
        return new CommandChoice(
            verb,
            words.Count == 1
                ? Described(segments)
                : [.. Described(segments), PathSegment.Of(words.Skip(1), forms) with { IsRest = true }]
        );
    }

    // GET /search/issues, /watch/pods
    private static CommandChoice? Led(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        if (segments.Count < 2)
            return null;
        if (segments[0].Words is ["search"] && operation.Method is "GET" or "QUERY" or "POST")
            return new CommandChoice("Find", [.. segments.Skip(1)]);
        return operation.Method == "GET" && segments.SkipLast(1).Any(IsWatch)
            ? new CommandChoice("Watch", [.. segments.Where(segment => !IsWatch(segment))])
            : null;

        static bool IsWatch(PathSegment segment) => segment is { Words: ["watch"], HasItem: false };
    }

    // GET …/search, …/count, …/compare/{basehead}
    private CommandChoice? Question(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        if (segments is not [.., { Words: [var word, ..] words } last] || VerbWords.Of(word) is not { } verb)
            return null;
        if (!VerbWords.Allows(operation.Method, verb))
            return null;
        if (last.IsMethod)
            return On(verb, segments, words.Skip(1), word);
        if (verb == "Get" || last.IsPlural)
            return null;
        if (last.HasItem && verb is not ("Find" or "Compare" or "Test"))
            return null;
        return On(verb, segments, words.Skip(1), word);
    }

    private CommandChoice? Action(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        if (segments is not [.., { Words: { Count: > 0 } words } last])
            return null;
        var start = words.TakeWhile(VerbWords.IsAdverb).Count();
        if (start == words.Count)
            return null;
        var word = words[start];
        var isNamed = word == operation.Id.First || word == operation.Summary.First;
        var stem = VerbWords.Of(word) is not null ? word : Stem(word);
        if (stem is null)
            return Unknown(operation, segments, isNamed || VerbWords.IsAction(word));
        // Plural words are collections: check-runs, dispatches.
        if (last.HasItem || (words.Count > start + 1 ? stem != word : segments.Count == 1))
            return null;
        if (last.IsPlural && !isNamed && !last.IsMethod && !VerbWords.IsPure(word))
            return null;
        var verb = VerbWords.Of(stem)!;
        var said = operation.Id.Verb is { } own ? VerbWords.Of(own) : null;
        if (operation.Method == "DELETE")
            return Undone(operation, verb, word, segments, said);
        // POST …/remove-token that creates one is about a token.
        if (words.Count > start + 1 && said is not null && !isNamed)
            return null;
        // PUT …/import that starts one is about an import.
        if (said is not null && said != verb && said is not ("Set" or "Update" or "New" or "Add" or "Invoke"))
            return null;
        if (operation.Method == "PATCH" && !isNamed)
            return null;
        if (!VerbWords.Allows(operation.Method, verb))
            return null;
        var rest = words.Take(CommandChoice.IsPlain(word) ? 0 : start).Concat(words.Skip(start + 1)).ToList();
        return NounWords.IsObject(stem) && rest.Count == 0 && !last.IsMethod
            ? new CommandChoice(verb, [.. segments.SkipLast(1), PathSegment.Of([Positive(stem)], forms)])
            : On(verb, segments, rest, word);
    }

    // POST …/capture: an action that PowerShell has no verb for.
    private static CommandChoice? Unknown(NamedOperation operation, IReadOnlyList<PathSegment> segments, bool isNamed)
    {
        var last = segments[^1];
        return
            operation.Method is "POST" or "PUT"
            && segments.Count > 1
            && !last.HasItem
            && (last.IsMethod || (isNamed && (!last.IsPlural || last.Words.Count > 1)))
            ? new CommandChoice(
                "Invoke",
                [.. segments.SkipLast(1)],
                string.Concat(last.Singular.Select(WordSplitter.Pascal))
            )
            : null;
    }

    private CommandChoice? Undone(
        NamedOperation operation,
        string verb,
        string word,
        IReadOnlyList<PathSegment> segments,
        string? said
    )
    {
        // GitHub's delete-archive deletes an archive.
        var names = operation.Id.First is "delete" or "remove" && operation.Id.Rest.Contains(word);
        if (!names && VerbWords.Opposite(verb, said) is { } opposite)
            return On(opposite, segments, [], word);
        return word is "delete" or "remove" || (verb == said && verb != "Remove" && VerbWords.Allows("DELETE", verb))
            ? On(verb, segments, [], word)
            : null;
    }

    private CommandChoice Plain(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        var verb = Said(operation) ?? DefaultVerb(operation);
        var resource = Described(segments);
        // Clear removes all that is in a container, and Remove one of it.
        if (operation is { Method: "DELETE", HasItemTwin: true } && segments[^1].IsPlural)
            verb = "Clear";
        if (
            !operation.IsReading
            && resource is [.., _, { Singular: [var word, ..] } last]
            && IsSame(verb, word)
            && word != "ping"
        )
        {
            // POST …/tests that tests is Test-Hook; PUT …/blocks/{user} that blocks is Add-Block.
            if (last is { HasItem: false, Singular: [_] })
                return new CommandChoice(verb, [.. resource.SkipLast(1)]) { Act = word };
            verb = operation.Method == "DELETE" ? "Remove" : "Add";
        }
        // POST /cancels cancels something else.
        if (resource is [{ Singular: [var only] }] && verb is not ("Get" or "New") && VerbWords.Of(only) == verb)
            resource = [];
        if (resource.Count == 0 && Objects(operation) is { Count: > 0 } words)
            resource = [PathSegment.Of(words.Take(4), forms)];
        else if (resource.Count == 0)
            resource = [.. segments];
        return new CommandChoice(verb, resource, operation.Method == "OPTIONS" ? "Option" : "");
    }

    private static IReadOnlyList<string> Objects(NamedOperation operation) =>
        operation.Id.Rest.Count > 0 ? operation.Id.Rest
        : operation.Summary.Rest.Count is > 0 and < 4 ? operation.Summary.Rest
        : [];

    // Whether the noun says it already: merges, starred, blocks.
    private static bool IsSame(string verb, string word) =>
        verb is not ("Get" or "New" or "Add" or "Remove" or "Set" or "Update" or "Send")
        && (
            VerbWords.Of(word) == verb
            || (VerbWords.Opposite(VerbWords.Of(word) ?? "", verb) is not null)
            || (Stem(word) is { } stem && VerbWords.Of(stem) == verb)
        );

    private static string? Said(NamedOperation operation)
    {
        var verb = operation.Id.Verb is { } word ? VerbWords.Of(word) : null;
        if (verb is null && operation.Method == "POST" && operation.Summary.Verb is { } first)
            verb = VerbWords.Of(first);
        return operation.Method == "PUT" && verb == "New" ? "Add"
            : verb is null || !VerbWords.Allows(operation.Method, verb) ? null
            : operation.Method == "PATCH" && verb is "Connect" or "Get" or "New" or "Set" ? null
            : operation.Method == "PUT" && verb == "Connect" ? null
            : operation is { Method: "PUT", HasPatch: true } && verb == "Update" ? null
            : verb;
    }

    // releases/latest is the latest release.
    private List<PathSegment> Described(IReadOnlyList<PathSegment> segments)
    {
        var described = new List<PathSegment>(segments.Count);
        for (var i = 0; i < segments.Count; i++)
        {
            var isOfItem = i > 1 && segments[i - 2].HasItem;
            if (
                described is [.., { HasItem: false } owner]
                && !segments[i].IsMethod
                && NounWords.IsAdjective(segments[i].Words[^1])
                && (owner.IsPlural || isOfItem || NounWords.IsTime(segments[i].Words[^1]))
            )
                described[^1] = PathSegment.Of([.. Adjective(segments[i]), .. owner.Words], forms) with
                {
                    HasItem = segments[i].HasItem,
                };
            else
                described.Add(segments[i]);
        }
        return described;
    }

    // users/me is the current user.
    private static IReadOnlyList<string> Adjective(PathSegment segment) =>
        segment.Words is ["me" or "self" or "whoami"] ? ["current"] : segment.Words;

    private CommandChoice On(string verb, IReadOnlyList<PathSegment> segments, IEnumerable<string> rest, string word)
    {
        List<string> words = [.. rest];
        List<PathSegment> resource = Described([.. segments.SkipLast(1)]);
        if (words.Count > 0)
            resource.Add(PathSegment.Of(words, forms) with { IsRest = true });
        else if (resource.Count == 0)
            resource = [.. segments];
        return new CommandChoice(verb, resource) { Act = word };
    }

    // starred, archived, suspended
    private static string? Stem(string word)
    {
        if (word.Length < 5 || !word.EndsWith("ed", StringComparison.Ordinal))
            return null;
        foreach (var cut in (ReadOnlySpan<int>)[1, 2, 3])
        {
            if (VerbWords.Of(word[..^cut]) is not null)
                return word[..^cut];
        }
        return null;
    }

    private static string Positive(string word) => word.StartsWith("un", StringComparison.Ordinal) ? word[2..] : word;
}
