using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>Reads the resource that a path names.</summary>
internal sealed class ResourceReader(WordForms forms)
{
    /// <summary>The resource, with adjectives where they belong: releases/latest is the latest release.</summary>
    internal List<PathSegment> Described(IReadOnlyList<PathSegment> segments)
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

    /// <summary>An action on the owner of the last segment.</summary>
    /// <param name="verb">Its verb.</param>
    /// <param name="segments">Of the path.</param>
    /// <param name="rest">What the last segment says besides the action.</param>
    /// <param name="word">The action, in the path's word.</param>
    internal CommandChoice On(string verb, IReadOnlyList<PathSegment> segments, IEnumerable<string> rest, string word)
    {
        List<string> words = [.. rest];
        List<PathSegment> resource = Described([.. segments.SkipLast(1)]);
        if (words.Count > 0)
            resource.Add(PathSegment.Of(words, forms) with { IsRest = true });
        else if (resource.Count == 0)
            resource = [.. segments];
        return new CommandChoice(verb, resource) { Act = word };
    }
}
