using System.Runtime.CompilerServices;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Paging;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Paging;

/// <summary>Lists that are read page by page, of every kind, well-behaved and not.</summary>
public class PagedAnswerTests
{
    public static TheoryData<PagingStyle> Styles { get; } =
    [
        PagingStyle.Link,
        PagingStyle.NextUrl,
        PagingStyle.Cursor,
        PagingStyle.LastItem,
        PagingStyle.Page,
        PagingStyle.Offset,
    ];

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Every_item_once_and_in_order(PagingStyle style)
    {
        var (numbers, end, _) = await ReadAsync(new PagedApi(style));
        Assert.Equal(Enumerable.Range(0, 10_000), numbers);
        Assert.Equal((PageEndReason.Complete, 10_000, 0), (end.Reason, end.Items, end.Repeated));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Items_that_come_again_are_left_out(PagingStyle style)
    {
        var (numbers, end, _) = await ReadAsync(new PagedApi(style) { Count = 1000, Repeats = 3 });
        Assert.Equal(Enumerable.Range(0, 1000), numbers.Order());
        Assert.True(end.IsComplete);
        Assert.InRange(end.Repeated, style == PagingStyle.Offset ? 3 : 27, 30);
    }

    [Theory]
    [InlineData(PagingStyle.Link)]
    [InlineData(PagingStyle.NextUrl)]
    [InlineData(PagingStyle.Cursor)]
    [InlineData(PagingStyle.Page)]
    [InlineData(PagingStyle.Offset)]
    public async Task The_order_within_pages_does_not_matter(PagingStyle style)
    {
        var api = new PagedApi(style)
        {
            Count = 1000,
            Repeats = 7,
            TurnsRound = true,
        };
        var (numbers, _, _) = await ReadAsync(api);
        Assert.Equal(Enumerable.Range(0, 1000), numbers.Order());
    }

    [Theory]
    [InlineData(PagingStyle.Link)]
    [InlineData(PagingStyle.NextUrl)]
    [InlineData(PagingStyle.Cursor)]
    public async Task A_circle_is_found(PagingStyle style)
    {
        var (numbers, end, requests) = await ReadAsync(new PagedApi(style) { LoopsAfter = 5 });
        Assert.Equal(Enumerable.Range(0, 500), numbers);
        Assert.Equal(PageEndReason.Stopped, end.Reason);
        Assert.Contains("circle", end.Why, StringComparison.Ordinal);
        Assert.Equal(5, requests);
    }

    [Theory]
    [InlineData(PagingStyle.Page, 3)]
    [InlineData(PagingStyle.Offset, 2)]
    [InlineData(PagingStyle.LastItem, 2)]
    public async Task An_api_that_ignores_the_argument_is_asked_no_more(PagingStyle style, int most)
    {
        var (numbers, end, requests) = await ReadAsync(new PagedApi(style) { IgnoresArguments = true });
        Assert.Equal(Enumerable.Range(0, 100), numbers);
        Assert.Equal(PageEndReason.Stopped, end.Reason);
        Assert.InRange(requests, 2, most);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task A_broken_third_page_ends_the_list_after_two(PagingStyle style)
    {
        var api = new PagedApi(style) { Breaks = 3 };
        var (numbers, end, _) = await ReadAsync(api);
        Assert.Equal(Enumerable.Range(0, 200), numbers);
        Assert.Equal((PageEndReason.Failed, 2, 500), (end.Reason, end.Pages, end.Failure!.Status));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(0, 0L)]
    [InlineData(1, 1L)]
    public async Task Pages_that_count_from_0_or_1(int first, long? said)
    {
        var api = new PagedApi(PagingStyle.Page) { Count = 450, First = first };
        var (numbers, end, requests) = await ReadAsync(api, api.Tool(said));
        Assert.Equal(Enumerable.Range(0, 450), numbers);
        Assert.True(end.IsComplete);
        // Five pages and the empty one that ends them; the first one again where nobody says how they are counted.
        Assert.Equal(said is null && first == 1 ? 7 : 6, requests);
    }

    [Theory]
    [InlineData(250, null, null, PageEndReason.Items, 250)]
    [InlineData(200, null, null, PageEndReason.Items, 200)]
    [InlineData(null, 4, null, PageEndReason.Pages, 400)]
    [InlineData(null, null, 5_000L, PageEndReason.Bytes, null)]
    public async Task Bounds_are_kept(int? items, int? pages, long? bytes, PageEndReason reason, int? count)
    {
        var api = new PagedApi(PagingStyle.Cursor);
        var (numbers, end, requests) = await ReadAsync(api, caps: new PageCaps(items, pages, bytes));
        Assert.Equal(Enumerable.Range(0, count ?? numbers.Count), numbers);
        Assert.Equal(reason, end.Reason);
        Assert.Equal((numbers.Count + 99) / 100, requests);
        Assert.NotEmpty(numbers);
    }

    [Fact]
    public async Task Larger_pages_are_asked_for_where_the_document_says_how_large()
    {
        var api = new PagedApi(PagingStyle.Cursor) { Count = 2500 };
        var (numbers, _, requests) = await ReadAsync(api, api.Tool(maxPageSize: 1000));
        Assert.Equal((2500, 3), (numbers.Count, requests));
    }

    [Theory]
    [InlineData("https://elsewhere.test/items?token=100", "another origin, https://elsewhere.test")]
    [InlineData("http://user:word@127.0.0.1/items", "without a user name")]
    [InlineData("file:///etc/passwd", "not an http(s) URL")]
    public async Task Nothing_is_sent_to_another_origin(string url, string why)
    {
        var (numbers, end, requests) = await ReadAsync(new PagedApi(PagingStyle.NextUrl) { NextUrl = url });
        Assert.Equal((100, 1, PageEndReason.Stopped), (numbers.Count, requests, end.Reason));
        Assert.Contains(why, end.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_whose_id_does_not_tell_them_apart_are_all_given()
    {
        await using var bench = CallBench.Start(
            UpstreamAnswer.Json("""{"next_cursor":"c","data":[{"id":"a","n":0},{"id":"a","n":1}]}"""),
            UpstreamAnswer.Json("""{"data":[{"id":"a","n":2}]}""")
        );
        Assert.Equal([0, 1, 2], await NumbersAsync(bench.ReadPages(new PagedApi(PagingStyle.Cursor).Tool())));
    }

    [Fact]
    public async Task No_page_is_kept()
    {
        await using var bench = new CallBench(new PagedApi(PagingStyle.Cursor).Start());
        var pages = new List<WeakReference>();
        await using var read = bench
            .ReadPages(new PagedApi(PagingStyle.Cursor).Tool())
            .ReadAsync(CallBench.CancellationToken)
            .GetAsyncEnumerator(CallBench.CancellationToken);
        for (var i = 0; i < 10; i++)
            pages.Add(await PageAsync(read));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(pages.Count(page => page.IsAlive), 0, 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> PageAsync(IAsyncEnumerator<AnswerPage> read)
    {
        Assert.True(await read.MoveNextAsync());
        return new WeakReference(read.Current.Answer);
    }

    private static async Task<(List<int> Numbers, PageEnd End, int Requests)> ReadAsync(
        PagedApi api,
        ToolManifest? tool = null,
        PageCaps? caps = null
    )
    {
        await using var bench = new CallBench(api.Start());
        tool ??= api.Tool();
        var pages = bench.ReadPages(tool with { Limits = new CallLimits { MaxAttempts = 1 } }, caps);
        var numbers = await NumbersAsync(pages);
        return (numbers, pages.End!, bench.Upstream.Requests.Count);
    }

    private static async Task<List<int>> NumbersAsync(PagedAnswer pages)
    {
        var numbers = new List<int>();
        await foreach (var page in pages.ReadAsync(CallBench.CancellationToken))
        {
            Assert.False(page.Answer.IsError, CallBench.AllText(page.Answer));
            numbers.AddRange(page.Items.Select(item => item.GetProperty("n").GetInt32()));
        }
        return numbers;
    }
}
