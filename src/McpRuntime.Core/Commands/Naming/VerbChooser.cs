using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>
/// Chooses verb and resource of an operation: the method bounds the verb; then an action at the end of the path counts,
/// the verb of operationId or summary, and what the method does to a collection or an item.
/// </summary>
internal sealed class VerbChooser
{
    private readonly WordForms _forms;
    private readonly ResourceReader _resources;
    private readonly ActionReader _actions;

    internal VerbChooser(WordForms forms)
    {
        _forms = forms;
        _resources = new ResourceReader(forms);
        _actions = new ActionReader(forms, _resources);
    }

    internal CommandChoice Choose(NamedOperation operation)
    {
        var segments = operation.Path.Segments;
        if (operation.Fragment.Count > 0)
            return Told(operation, segments);
        var choice = Led(operation, segments)
            ?? (operation.IsReading ? Question(operation, segments) : _actions.Read(operation, segments))
            ?? Plain(operation, segments);
        // POST /{name}:cancel says not whose.
        return
            choice.Resource is [{ Singular: [var only] }]
            && choice.Verb is not ("Get" or "New")
            && VerbWords.Of(only) == choice.Verb
            && operation.Id.Owner.Count > 0
            ? new CommandChoice(choice.Verb, [PathSegment.Of(operation.Id.Owner, _forms)], choice.Suffix)
            {
                Act = choice.Act,
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
                [.. _resources.Described(segments), PathSegment.Of(words, _forms) with { IsRest = true }]
            );
        return new CommandChoice(
            verb,
            words.Count == 1
                ? _resources.Described(segments)
                : [.. _resources.Described(segments), PathSegment.Of(words.Skip(1), _forms) with { IsRest = true }]
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
            return _resources.On(verb, segments, words.Skip(1), word);
        if (word is "get" or "fetch" or "retrieve" && words.Count > 1)
            return _resources.On(verb, segments, words.Skip(1), "get");
        if (verb == "Get" || last.IsPlural)
            return null;
        if (last.HasItem && verb is not ("Find" or "Compare" or "Test"))
            return null;
        return _resources.On(verb, segments, words.Skip(1), word);
    }

    private CommandChoice Plain(NamedOperation operation, IReadOnlyList<PathSegment> segments)
    {
        var verb = Said(operation) ?? DefaultVerb(operation);
        var resource = _resources.Described(segments);
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
            resource = [PathSegment.Of(words.Take(4), _forms)];
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
            || (NounWords.Stem(word) is { } stem && VerbWords.Of(stem) == verb)
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
}
