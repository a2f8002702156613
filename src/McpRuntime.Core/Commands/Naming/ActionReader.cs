using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>Reads an action at the end of a path: <c>POST …/{id}/cancel</c>, <c>DELETE …/lock</c>.</summary>
internal sealed class ActionReader(WordForms forms, ResourceReader resources)
{
    /// <summary>Null where the path ends with a resource.</summary>
    internal CommandChoice? Read(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        if (segments is not [.., { Words: { Count: > 0 } words } last])
            return null;
        var start = words.TakeWhile(VerbWords.IsAdverb).Count();
        if (start == words.Count)
            return null;
        var word = words[start];
        var isNamed = word == operation.Id.First || word == operation.Summary.First;
        var stem = VerbWords.Of(word) is not null ? word : NounWords.Stem(word);
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
            : resources.On(verb, segments, rest, word);
    }

    // POST …/capture: an action that PowerShell has no verb for.
    private CommandChoice? Unknown(NamedOperation operation, IReadOnlyList<PathSegment> segments, bool isNamed)
    {
        var last = segments[^1];
        // Of POST /{name}:return the operationId knows whose: shelves.books.return.
        List<PathSegment> owner = [.. segments.SkipLast(1)];
        if (owner.Count == 0 && last.IsMethod && operation.Id.Owner.Count > 0)
            owner.Add(PathSegment.Of(operation.Id.Owner, forms));
        return
            operation.Method is "POST" or "PUT"
            && owner.Count > 0
            && !last.HasItem
            && (last.IsMethod || (isNamed && (!last.IsPlural || last.Words.Count > 1)))
            ? new CommandChoice("Invoke", owner, string.Concat(last.Singular.Select(NameParts.Pascal)))
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
            return resources.On(opposite, segments, [], word);
        return word is "delete" or "remove" || (verb == said && verb != "Remove" && VerbWords.Allows("DELETE", verb))
            ? resources.On(verb, segments, [], word)
            : null;
    }

    private static string Positive(string word) => word.StartsWith("un", StringComparison.Ordinal) ? word[2..] : word;
}
