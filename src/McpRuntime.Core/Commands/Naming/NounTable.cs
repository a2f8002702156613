using McpRuntime.Commands.Words;
using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>
/// Nouns of the resources of a document: the shortest end of the path that no other resource has, and one part more
/// where that says too little.
/// </summary>
internal sealed class NounTable
{
    private readonly Dictionary<string, HashSet<string>> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _recorded = new(StringComparer.Ordinal);

    /// <param name="operations">All of the document.</param>
    internal NounTable(IEnumerable<NamedOperation> operations)
    {
        foreach (var operation in operations)
        {
            var choice = operation.Choice;
            for (var count = 1; count <= choice.Resource.Count; count++)
            {
                var noun = Join(choice.Resource, count);
                if (!_owners.TryGetValue(noun, out var owners))
                    _owners.Add(noun, owners = new HashSet<string>(StringComparer.Ordinal));
                owners.Add(choice.Key);
            }
        }
    }

    /// <summary>A noun that a resource has from an earlier import.</summary>
    internal void Record(CommandChoice choice, string noun) => _recorded.TryAdd(choice.Key, noun);

    /// <summary>The noun of a resource and, where that is taken, longer ones.</summary>
    internal IEnumerable<string> Of(CommandChoice choice)
    {
        if (_recorded.TryGetValue(choice.Key, out var recorded))
            yield return recorded;
        var resource = choice.Resource;
        if (resource.Count == 0)
            yield return "Root";
        if (resource is [.., _, { IsRest: true } rest])
        {
            // What is sent is a thing of its own: chat.postMessage, where there are messages.
            if (choice.Verb == "Send" && IsOfOthers(rest.Noun, choice))
                yield return rest.Noun;
            foreach (var owner in Of(new CommandChoice(choice.Verb, [.. resource.SkipLast(1)])))
            {
                List<string> words = [.. NameParts.Split(owner).Select(word => word.ToLowerInvariant())];
                Append(words, rest.Singular);
                yield return Noun(words);
            }
            yield break;
        }
        for (var count = Shortest(choice); count <= resource.Count; count++)
            yield return Join(resource, count);
    }

    private int Shortest(CommandChoice choice)
    {
        var resource = choice.Resource;
        var least = resource is [.., var owner, var last] && (SaysTooLittle(last) || IsPartOf(owner, last)) ? 2 : 1;
        for (var count = least; count < resource.Count; count++)
        {
            if (!IsOfOthers(Join(resource, count), choice))
                return count;
        }
        return Math.Max(resource.Count, 1);
    }

    private bool IsOfOthers(string noun, CommandChoice choice) =>
        _owners.TryGetValue(noun, out var owners) && owners.Any(owner => owner != choice.Key);

    private static bool SaysTooLittle(PathSegment segment) =>
        segment.IsRest
        || segment.Words.Any(word => char.IsAsciiDigit(word[0]))
        || IsWeak(segment.Singular[0])
            && (segment.Singular is [_] or [_, "by" or "for" or "from" or "in" or "with", ..])
        || (!segment.IsPlural && segment.Singular.Any(word => VerbWords.Of(word) is not null));

    // …/images/partner: some of the images.
    private static bool IsPartOf(PathSegment owner, PathSegment segment) =>
        owner is { IsPlural: true, HasItem: false } && !segment.IsPlural;

    private static bool IsWeak(string word) =>
        NounWords.IsGeneric(word) || NounWords.IsAdjective(word) || VerbWords.Of(word) is not null;

    // What a part repeats of those before it is said once: organizations, organization-roles.
    internal static string Join(IReadOnlyList<PathSegment> resource, int count)
    {
        var words = new List<string>();
        foreach (var segment in resource.Skip(resource.Count - count))
            Append(words, segment.Singular);
        return Noun(words);
    }

    private static void Append(List<string> words, IReadOnlyList<string> more)
    {
        var shared = Math.Min(words.Count, more.Count);
        while (shared > 0 && !words.TakeLast(shared).SequenceEqual(more.Take(shared)))
            shared--;
        words.AddRange(more.Skip(shared));
    }

    /// <summary>The words as a noun, without those in the middle where they are too many.</summary>
    internal static string Noun(IReadOnlyList<string> words)
    {
        List<string> kept = [.. words];
        while (kept.Count > 2 && kept.Sum(word => word.Length) > CommandName.MaxNounLength)
            kept.RemoveAt(1);
        var noun = string.Concat(kept.Select(NameParts.Pascal));
        if (noun.Length == 0 || char.IsAsciiDigit(noun[0]))
            noun = "Item" + noun;
        return noun.Length <= CommandName.MaxNounLength ? noun : noun[..CommandName.MaxNounLength];
    }
}
