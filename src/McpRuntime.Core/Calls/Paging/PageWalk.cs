using System.IO.Hashing;
using System.Text.Json;
using McpRuntime.Calls.Plan;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Paging;

/// <summary>The way from one page to the next, by what a tool's <c>pagination</c> says.</summary>
/// <param name="plan">A tool with pages.</param>
/// <param name="first">What asks for the first page.</param>
internal sealed class PageWalk(CallPlan plan, PageTarget first)
{
    private readonly ToolPagination _paging = plan.Tool.Pagination!;
    private readonly HashSet<UInt128> _asked = [KeyOf(first)];
    private long? _number;

    /// <summary>
    /// The document does not say whether the first page is 0 or 1, so that the second request may bring it again.
    /// </summary>
    public bool MayRepeatFirst { get; private set; }

    /// <summary>What asks for the next page.</summary>
    /// <param name="page">The page that was read.</param>
    /// <param name="body">Its JSON.</param>
    /// <param name="items">Its list.</param>
    /// <param name="asked">What asked for it.</param>
    /// <param name="why">Why there is none where that is not the list's end; null where it is.</param>
    /// <returns>Null at the end.</returns>
    public PageTarget? Next(FetchedPage page, PageBody body, JsonElement items, PageTarget asked, out string? why)
    {
        why = null;
        if (body.At(_paging.More) is { ValueKind: JsonValueKind.False })
            return null;
        var next = _paging.Style switch
        {
            PagingStyle.Link => ByUrl(LinkField.Next(Find(page.Headers, "Link")), page, asked, out why),
            PagingStyle.NextUrl => ByUrl(Text(body.At(_paging.Next)), page, asked, out why),
            PagingStyle.Cursor => ByCursor(body.At(_paging.Next), page, asked, out why),
            PagingStyle.LastItem => ByLastItem(items, asked, out why),
            PagingStyle.Page or PagingStyle.Offset => ByNumber(items, asked),
            _ => null,
        };
        if (next is null || _asked.Add(KeyOf(next)))
            return next;
        why = "the API gave the same next page again, which would go round in a circle";
        return null;
    }

    /// <summary>What asks for the rest of a page of which some items were taken; null where nothing does.</summary>
    public PageTarget? Within(PageTarget asked, JsonElement lastTaken, int taken) =>
        _paging switch
        {
            { Style: PagingStyle.Offset, Parameter: { } offset } => new PageTarget(
                PageArguments.With(asked.Arguments, offset, Number(asked, offset) + taken)
            ),
            { Style: PagingStyle.LastItem, Parameter: { } parameter } when IdOf(lastTaken) is { } id => new PageTarget(
                PageArguments.With(asked.Arguments, parameter, id)
            ),
            _ => null,
        };

    private PageTarget? ByUrl(string? given, FetchedPage page, PageTarget asked, out string? why)
    {
        why = null;
        if (string.IsNullOrWhiteSpace(given))
            return null;
        why = NextUrl.Read(plan, given, page.Url, out var url);
        return why is null ? new PageTarget(asked.Arguments, url) : null;
    }

    private PageTarget? ByCursor(JsonElement? cursor, FetchedPage page, PageTarget asked, out string? why)
    {
        why = null;
        if (cursor is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(Text(value)))
            return null;
        // What the document calls a cursor is a URL with some APIs.
        if (
            Text(value) is { } text
            && text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && text.Contains("://")
        )
            return ByUrl(text, page, asked, out why);
        return new PageTarget(PageArguments.With(asked.Arguments, _paging.Parameter!, value));
    }

    private PageTarget? ByLastItem(JsonElement items, PageTarget asked, out string? why)
    {
        why = null;
        if (items.GetArrayLength() == 0)
            return null;
        if (IdOf(items[items.GetArrayLength() - 1]) is { } id)
            return new PageTarget(PageArguments.With(asked.Arguments, _paging.Parameter!, id));
        why = $"its last item has no '{_paging.Id ?? "id"}'";
        return null;
    }

    // A page without items is the only sure end: APIs send fewer items than were asked for within a list too.
    private PageTarget? ByNumber(JsonElement items, PageTarget asked)
    {
        if (items.GetArrayLength() == 0)
            return null;
        var name = _paging.Parameter!;
        MayRepeatFirst = false;
        if (_paging.Style == PagingStyle.Offset)
        {
            _number = (_number ?? Number(asked, name)) + items.GetArrayLength();
        }
        else if (_number is null && PageArguments.Number(asked.Arguments, name) is null && _paging.First is null)
        {
            (_number, MayRepeatFirst) = (1, true);
        }
        else
        {
            _number = (_number ?? Number(asked, name)) + 1;
        }
        return new PageTarget(PageArguments.With(asked.Arguments, name, _number.Value));
    }

    private long Number(PageTarget asked, string name) =>
        PageArguments.Number(asked.Arguments, name) ?? _paging.First ?? (_paging.Style == PagingStyle.Page ? 1 : 0);

    private JsonElement? IdOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(_paging.Id ?? "id", out var id)
        && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? id
            : null;

    private static UInt128 KeyOf(PageTarget target) =>
        XxHash128.HashToUInt128(
            System.Text.Encoding.UTF8.GetBytes(
                target.Url
                    ?? (target.Arguments.ValueKind == JsonValueKind.Undefined ? "" : target.Arguments.GetRawText())
            )
        );

    private static string? Text(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Find(IReadOnlyList<AnswerHeader> headers, string name) =>
        headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
