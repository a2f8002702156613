using System.Globalization;
using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Paging;

/// <summary>
/// An API with a list of items <c>{ "id": "i0", "n": 0 }</c>, in pages of every kind, which can be told to misbehave.
/// </summary>
internal sealed record PagedApi(PagingStyle Style)
{
    public int Count { get; init; } = 10_000;

    public int PageSize { get; init; } = 100;

    /// <summary>Each page begins with so many items of the page before.</summary>
    public int Repeats { get; init; }

    /// <summary>The items within each page are turned round.</summary>
    public bool TurnsRound { get; init; }

    /// <summary>The page of this number (from 1) leads back to the second one.</summary>
    public int LoopsAfter { get; init; } = int.MaxValue;

    /// <summary>The page of this number (from 1) is broken.</summary>
    public int Breaks { get; init; }

    /// <summary>Every request gets the first page.</summary>
    public bool IgnoresArguments { get; init; }

    /// <summary>Number of the first page, or item.</summary>
    public int First { get; init; } = 1;

    /// <summary>In place of the URL of the next page.</summary>
    public string? NextUrl { get; init; }

    /// <summary>A tool that has its list.</summary>
    public ToolManifest Tool(long? first = null, long? maxPageSize = null)
    {
        string? parameter = Style switch
        {
            PagingStyle.Cursor => "cursor",
            PagingStyle.LastItem => "starting_after",
            PagingStyle.Page => "page",
            PagingStyle.Offset => "offset",
            _ => null,
        };
        string[] names = ["cursor", "starting_after", "page", "offset", "limit"];
        return new()
        {
            Name = "list_items",
            Endpoint = "GET /items",
            Arguments = names.ToDictionary(
                name => name,
                name => new ArgumentBinding { In = ArgumentLocation.Query, Name = name }
            ),
            InputSchema = JsonText.Parse(
                """
                {"type":"object","properties":{"cursor":{"type":"string"},"starting_after":{"type":"string"},
                "page":{"type":"integer"},"offset":{"type":"integer"},"limit":{"type":"integer"}}}
                """
            ),
            Pagination = new ToolPagination
            {
                Style = Style,
                Parameter = parameter,
                Items = Style == PagingStyle.Link ? "" : "/data",
                Next =
                    Style == PagingStyle.NextUrl ? "/next"
                    : Style == PagingStyle.Cursor ? "/next_cursor"
                    : null,
                More = Style == PagingStyle.LastItem ? "/has_more" : null,
                Id = "id",
                First = first,
                PageSize = maxPageSize is null ? null : "limit",
                MaxPageSize = maxPageSize,
            },
        };
    }

    public RecordingUpstream Start() => RecordingUpstream.Start(Answer);

    public UpstreamAnswer Answer(RecordedRequest request)
    {
        var query = Query(request.Target);
        var size = query.TryGetValue("limit", out var limit) ? Number(limit) : PageSize;
        var start = IgnoresArguments ? 0 : Start(query, size);
        var page = (start / size) + 1;
        if (page == Breaks)
            return UpstreamAnswer.Json("""{"error":"out of order"}""", 500);
        var from = Math.Max(0, start - Repeats);
        var numbers = Enumerable.Range(from, Math.Max(0, Math.Min(Count, start + size) - from)).ToList();
        var last = numbers.Count == 0 ? 0 : numbers[^1];
        if (TurnsRound)
            numbers.Reverse();
        var items = string.Join(
            ',',
            numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"i{{n}}","n":{{n}}}"""))
        );
        var next = page >= LoopsAfter ? size : start + size;
        var hasMore = next < Count;
        var host = request.Header("Host")[0];
        var url = NextUrl ?? $"http://{host}/items?token={next}&limit={size}";
        return Style switch
        {
            PagingStyle.Link => new UpstreamAnswer(
                200,
                System.Text.Encoding.UTF8.GetBytes($"[{items}]"),
                ["Content-Type: application/json", .. hasMore ? (string[])[$"Link: <{url}>; rel=\"next\""] : []]
            ),
            PagingStyle.NextUrl => UpstreamAnswer.Json(
                $$"""{"data":[{{items}}],"next":{{(hasMore ? $"\"{url}\"" : "null")}}}"""
            ),
            PagingStyle.Cursor => UpstreamAnswer.Json(
                hasMore ? $$"""{"next_cursor":"c{{next}}","data":[{{items}}]}""" : $$"""{"data":[{{items}}]}"""
            ),
            PagingStyle.LastItem => UpstreamAnswer.Json(
                $$"""{"data":[{{items}}],"has_more":{{(last + 1 < Count ? "true" : "false")}}}"""
            ),
            _ => UpstreamAnswer.Json($$"""{"data":[{{items}}]}"""),
        };
    }

    private int Start(Dictionary<string, string> query, int size) =>
        query.TryGetValue("token", out var token) ? Number(token)
        : query.TryGetValue("cursor", out var cursor) ? Number(cursor[1..])
        : query.TryGetValue("starting_after", out var id) ? Number(id[1..]) + 1
        : query.TryGetValue("page", out var page) ? (Number(page) - First) * size
        : query.TryGetValue("offset", out var offset) ? Number(offset)
        : 0;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Query(string target)
    {
        var start = target.IndexOf('?', StringComparison.Ordinal);
        return start < 0
            ? []
            : target[(start + 1)..]
                .Split('&')
                .Select(part => part.Split('='))
                .ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
    }
}
