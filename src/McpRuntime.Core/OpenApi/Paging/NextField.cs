using System.Text.RegularExpressions;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Paging;

/// <summary>The field of an answer that leads to the next page.</summary>
/// <param name="Field">The field.</param>
/// <param name="Taker">The parameter that takes it; null where it is a URL.</param>
internal sealed partial record NextField(AnswerField Field, PageParameter? Taker)
{
    /// <summary>The field; null where there is none, or several could be it.</summary>
    public static NextField? Of(AnswerFields answer, PageParameters parameters)
    {
        var takers = parameters.Cursors.ToList();
        foreach (var field in answer.All)
        {
            if (IsUrl(field))
                return new NextField(field, null);
        }
        if (takers.Count == 0)
            return null;
        var pairs = new List<NextField>();
        foreach (var field in answer.All)
        {
            if (!IsScalar(field) || TakerOf(field, takers) is not { } taker)
                continue;
            pairs.Add(new NextField(field, taker));
        }
        // Of several, the one whose name says 'next', and of those the one whose parameter has the same name.
        return pairs.Count <= 1
            ? pairs.FirstOrDefault()
            : Single(pairs, pair => SaysNext(pair.Field) && IsTwin(pair))
                ?? Single(pairs, pair => SaysNext(pair.Field))
                ?? Single(pairs, IsTwin);
    }

    public ToolPagination ToPagination() =>
        new()
        {
            Style = Taker is null ? PagingStyle.NextUrl : PagingStyle.Cursor,
            Parameter = Taker?.Argument,
            Next = Field.Pointer,
        };

    private static NextField? Single(List<NextField> pairs, Predicate<NextField> isMeant)
    {
        var meant = pairs.FindAll(isMeant);
        return meant.Count == 1 ? meant[0] : null;
    }

    private static bool SaysNext(AnswerField field) =>
        field.Plain.Contains("next", StringComparison.Ordinal)
        || field.Plain is "endcursor" or "lastid"
        || field.Container == "next"
        || field is { Plain: "after", Container: "cursors" or "cursor" };

    private static bool IsTwin(NextField pair) =>
        pair.Field.Plain == pair.Taker!.Plain || pair.Field.Plain == "next" + pair.Taker.Plain;

    // The parameter that takes a field's value; numbers are counted instead (see PagingRecognizer).
    private static PageParameter? TakerOf(AnswerField field, List<PageParameter> takers)
    {
        var isText = !field.Is("integer") && !field.Is("number");
        if (takers.Find(taker => field.Plain == "next" + taker.Plain) is { } exact)
            return (exact.IsNumber && IsCounted(exact)) || Words(field).Contains("true", StringComparison.Ordinal)
                ? null
                : exact;
        if (takers.Find(taker => taker.Plain == field.Plain) is { } twin)
            return PagingWords.OwnCursors.Contains(field.Plain) || PagingWords.NextCursors.Contains(field.Plain)
                ? twin.IsText && isText && (twin.Plain is not ("token" or "after") || InCursors(field))
                    ? twin
                    : null
                : null;
        if (!PagingWords.NextCursors.Contains(field.Plain) && !InCursors(field))
            return null;
        if (Words(field).Contains("future use", StringComparison.Ordinal))
            return null;
        var texts = takers.FindAll(taker => taker.IsText && !IsCounted(taker) && taker.Plain != "token");
        return texts.Count == 1 ? texts[0] : null;
    }

    private static string Words(AnswerField field) => SchemaPeek.Words(field.Schema.Element, "description"u8);

    private static bool IsCounted(PageParameter taker) => taker.Plain is "page" or "offset" or "start" or "nextpage";

    private static bool InCursors(AnswerField field) =>
        (field.Plain is "after" or "next" && IsCursors(field.Container))
        || (field is { Container: "next" } && field.Plain is "cursor" or "after" or "token" or "pagetoken")
        || (field is { Plain: "cursor", Depth: > 0 } && PagingWords.Containers.Contains(field.Container))
        || (field is { Plain: "next", Depth: 0 })
        || (field is { Plain: "lastid", Depth: 0 });

    private static bool IsCursors(string container) =>
        container is "cursors" or "cursor" or "paging" or "pagination" or "meta" or "pageinfo";

    private static bool IsScalar(AnswerField field) =>
        field.Is("string")
        || field.Is("integer")
        || field.Is("number")
        || (!JsonRead.TryGet(field.Schema.Element, "type"u8, out _) && !field.Is("object"));

    // 'next' alone is a URL where its document says so, or where it is among links.
    private static bool IsUrl(AnswerField field)
    {
        if (field.Is("array") || field.Is("boolean") || field.Is("integer") || field.Is("number"))
            return false;
        if (field.Plain == "href")
            return field is { Container: "next", Depth: >= 1 }
                && field.Pointer.Contains("link", StringComparison.OrdinalIgnoreCase);
        if (!field.Is("string"))
            return false;
        if (PagingWords.NextUrls.Contains(field.Plain))
            return true;
        if (field.Plain is not ("next" or "nextpage"))
            return false;
        return field.Container == "links" || SaysUrl(field.Schema);
    }

    private static bool SaysUrl(Node schema)
    {
        var format = SchemaPeek.Words(schema.Element, "format"u8);
        if (format is "uri" or "url" or "uri-reference")
            return true;
        if (Url().IsMatch(SchemaPeek.Words(schema.Element, "description"u8)))
            return true;
        return JsonRead.Text(schema.Element, "example"u8) is { } example
            && (example.StartsWith("http", StringComparison.OrdinalIgnoreCase) || example.StartsWith('/'));
    }

    [GeneratedRegex(@"\b(?:ur[il]|link|href|hyperlink|path)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Url();
}
