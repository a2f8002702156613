using System.Collections.Frozen;

namespace McpRuntime.OpenApi.Paging;

/// <summary>Which list of an answer is the one that its pages are pages of.</summary>
/// <param name="Pointer">JSON pointer to it.</param>
/// <param name="List">Its schema.</param>
/// <param name="IsSure">Its name or its place says so, and not only that there is no other.</param>
internal sealed record ItemsChoice(string Pointer, Model.Node List, bool IsSure)
{
    // Lists that stand next to the items.
    private static readonly FrozenSet<string> Others = new[]
    {
        "errors",
        "warnings",
        "messages",
        "notices",
        "links",
        "facets",
        "aggregations",
        "aggregates",
        "included",
        "includes",
        "sort",
        "columns",
        "headers",
        "fields",
        "filters",
        "query",
        "schema",
        "odatatype",
        "embeds",
        "etags",
        "kinds",
        "unreachable",
        "prefixes",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The list; null where there is none or it is not clear which.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="path">The operation's path, whose last words often name the list.</param>
    /// <param name="rivals">The names of the lists where it is not clear.</param>
    public static ItemsChoice? Of(AnswerFields answer, string path, out string[] rivals)
    {
        rivals = [];
        if (answer.IsList)
            return IsListOfPages(answer) ? null : new ItemsChoice("", answer.Root, IsSure: true);
        var lists = Lists(answer, field => field.Depth == 0);
        if (lists.Count == 0)
            lists = Lists(answer, field => field.Depth == 1 && PagingWords.Wrappers.Contains(field.Container));
        if (lists.Count == 0)
            return null;
        if (lists.Count > 1 && lists.FindAll(list => answer.HasObjects(list.Schema)) is [var only])
            lists = [only];
        var noun = Noun(path);
        var named = lists.FindAll(list => PagingWords.Lists.Contains(list.Plain));
        var meant = lists.FindAll(list => noun.Length > 0 && IsSame(list.Plain, noun));
        var sure = meant.Count == 1 ? meant : named;
        if (sure.Count == 1)
            return new ItemsChoice(sure[0].Pointer, sure[0].Schema, IsSure: true);
        if (lists.Count == 1)
            return new ItemsChoice(lists[0].Pointer, lists[0].Schema, IsSure: lists[0].Depth > 0);
        rivals = [.. lists.Select(list => list.Name)];
        return null;
    }

    // Some documents describe one page as a list of pages; the API sends one.
    private static bool IsListOfPages(AnswerFields answer)
    {
        var fields = answer.OfItem(answer.Root);
        return fields.Any(field => field.Is("array"))
            && fields.Count(field => PagingWords.Totals.Contains(field.Plain) && !field.Is("array")) > 1;
    }

    private static List<AnswerField> Lists(AnswerFields answer, Func<AnswerField, bool> isThere)
    {
        var lists = answer.All.Where(field => isThere(field) && field.Is("array")).ToList();
        return lists.Count > 1 ? lists.FindAll(list => !Others.Contains(list.Plain)) : lists;
    }

    // The last fixed words of a path: /users/{id}/repos is about repos.
    private static string Noun(string path)
    {
        var end = path.IndexOfAny(['?', '#']);
        foreach (var segment in (end < 0 ? path : path[..end]).Split('/').Reverse())
        {
            if (segment.Length == 0 || segment.Contains('{', StringComparison.Ordinal))
                continue;
            var dot = segment.LastIndexOf('.');
            var name = dot > 0 && segment[(dot + 1)..] is "json" or "list" or "search" ? segment[..dot] : segment;
            if (name is not ("search" or "list" or "query" or "all" or "find" or "filter" or "latest" or "recent"))
                return PagingWords.Plain(name[(name.LastIndexOf('.') + 1)..]);
        }
        return "";
    }

    private static bool IsSame(string list, string noun) =>
        list == noun || list == noun + "s" || list + "s" == noun || (list.EndsWith(noun, StringComparison.Ordinal));
}
