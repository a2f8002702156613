using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Paging;

/// <summary>
/// Recognises how an operation pages. Careful rather than complete: a list that is taken for one page costs its user a
/// second call, a wrong way to the next page costs calls that bring nothing, or items.
/// </summary>
internal sealed class PagingRecognizer(ReferenceResolver resolver, ImportFindings findings)
{
    private readonly SchemaPeek _peek = new(resolver);

    /// <summary>How the operation pages; null where nothing, or not enough, says that it does.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="arguments">The tool's arguments and where they go.</param>
    /// <param name="schemas">What describes its answer.</param>
    /// <param name="headers">Header fields that its answer may have.</param>
    public ToolPagination? Recognise(
        Operation operation,
        KeyValuePair<string, ArgumentBinding>[] arguments,
        IReadOnlyList<Node> schemas,
        IReadOnlyList<string> headers
    )
    {
        if (operation.Head.Method != "GET")
            return null;
        var hasLink = headers.Any(name => name.Equals("Link", StringComparison.OrdinalIgnoreCase));
        if (schemas.Count == 0 && !hasLink)
            return null;
        var parameters = new PageParameters(operation.Parameters, arguments, _peek);
        // A list that no schema describes: whether the answer is one shows when it comes.
        if (schemas.Count == 0)
            return parameters.Pages.Any() || parameters.Offsets.Any() || parameters.Size is not null
                ? new ToolPagination { Style = PagingStyle.Link, PageSize = parameters.Size?.Argument }.AsImported()
                : null;
        var answer = AnswerFields.Of(schemas[0], resolver);
        var next = NextField.Of(answer, parameters);
        if (
            !hasLink
            && next is null
            && !parameters.Pages.Any()
            && !parameters.Offsets.Any()
            && !HasLastItem(parameters)
        )
            return null;
        if (ItemsChoice.Of(answer, operation.Head.Path, out var rivals) is not { } items)
        {
            if (rivals.Length > 1 && (next is not null || hasLink))
                Ambiguous(operation, $"its answer has several lists ({string.Join(", ", rivals)})");
            return null;
        }
        var size = parameters.Size;
        var found = next?.ToPagination()
            ?? (hasLink ? new ToolPagination { Style = PagingStyle.Link } : null)
            ?? LastItem(parameters, answer, items)
            ?? Counted(operation, parameters, answer, items, size);
        if (found is null)
            return null;
        return (
            found with
            {
                Items = items.Pointer,
                More = found.Style is PagingStyle.Link or PagingStyle.NextUrl ? null : More(answer),
                Id = IdOf(answer, items),
                PageSize = size?.Argument,
                MaxPageSize = size is null ? null : PageParameters.MaximumOf(size),
            }
        ).AsImported();
    }

    // Stripe's way: the id of the last item is the cursor.
    private static ToolPagination? LastItem(PageParameters parameters, AnswerFields answer, ItemsChoice items)
    {
        if (More(answer) is null || IdOf(answer, items) is not "id")
            return null;
        var takers = parameters.All.Where(IsLastItem).ToList();
        return takers.Count == 1
            ? new ToolPagination { Style = PagingStyle.LastItem, Parameter = takers[0].Argument }
            : null;
    }

    private static bool HasLastItem(PageParameters parameters) => parameters.All.Any(IsLastItem);

    private static bool IsLastItem(PageParameter parameter) =>
        parameter.IsText
        && (
            parameter.Plain is "startingafter" or "startafter"
            || (parameter.Plain == "afterid" && !parameter.Words.Contains("tuple", StringComparison.Ordinal))
            || (
                parameter.Plain == "after"
                && (
                    parameter.Words.Contains("object id", StringComparison.Ordinal)
                    || parameter.Words.Contains("cursor", StringComparison.Ordinal)
                )
            )
        );

    private ToolPagination? Counted(
        Operation operation,
        PageParameters parameters,
        AnswerFields answer,
        ItemsChoice items,
        PageParameter? size
    )
    {
        var pages = parameters.Pages.Where(page => page != size).ToList();
        var offsets = parameters.Offsets.Where(offset => offset != size).ToList();
        if (pages.Count + offsets.Count == 0)
            return null;
        // A page may also be one of a book: something else has to say that the answer is one of several.
        if (size is null && !answer.All.Any(IsAboutPages) && !(items.IsSure && pages.Any(CountedFrom.IsOfList)))
            return null;
        if (pages.Count > 1 || offsets.Count > 1)
        {
            Ambiguous(
                operation,
                $"several arguments could ask for the next page ("
                    + $"{string.Join(", ", pages.Concat(offsets).Select(each => each.Argument))})"
            );
            return null;
        }
        if (pages.Count == 1)
            return Numbered(PagingStyle.Page, pages[0]);
        var offset = offsets[0];
        if (CountedFrom.IsAboutPages(offset))
        {
            Ambiguous(operation, $"'{offset.Argument}' could count items or pages");
            return null;
        }
        // Names that mean other things too count only next to a size.
        if (size is null && offset.Plain is "start" or "from" or "skip" or "startat")
            return null;
        var numbered = Numbered(PagingStyle.Offset, offset);
        if (offset.Plain != "startindex" || numbered.First is not null)
            return numbered;
        Ambiguous(operation, $"the document does not say whether '{offset.Argument}' counts from 0 or 1");
        return null;
    }

    private static ToolPagination Numbered(PagingStyle style, PageParameter parameter) =>
        new()
        {
            Style = style,
            Parameter = parameter.Argument,
            First = CountedFrom.Of(parameter),
        };

    private static bool IsAboutPages(AnswerField field) =>
        !field.Is("array") && (PagingWords.Totals.Contains(field.Plain) || PagingWords.More.Contains(field.Plain));

    private static string? More(AnswerFields answer) =>
        answer.All.FirstOrDefault(field => PagingWords.More.Contains(field.Plain) && field.Is("boolean"))?.Pointer;

    private static string? IdOf(AnswerFields answer, ItemsChoice items)
    {
        var fields = answer.OfItem(items.List);
        foreach (var id in PagingWords.Ids)
        {
            if (
                fields.FirstOrDefault(field => field.Name == id) is { } known
                && (known.Is("string") || known.Is("integer") || known.Is("number"))
            )
                return id;
        }
        return null;
    }

    private void Ambiguous(Operation operation, string why) =>
        findings.Inform(
            ImportRules.Pagination,
            operation.Head.Node,
            $"{operation.Head.Method} {operation.Head.Path} seems to have pages, but {why}; its pages are not "
                + $"fetched. Say how with 'pagination' in the manifest."
        );
}
