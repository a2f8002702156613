using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Calls.Answers;
using McpRuntime.Configuration;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Paging;

/// <summary>Pages of a list as one answer, as a model gets it.</summary>
public partial class JoinedAnswerTests
{
    [Fact]
    public async Task The_answer_has_the_shape_of_a_page_and_the_last_cursor()
    {
        await using var bench = new CallBench(new PagedApi(PagingStyle.Cursor).Start());
        var answer = await bench.GatherAsync(new PagedApi(PagingStyle.Cursor).Tool(), 300);
        var json = answer.Structured!.ToElement();
        Assert.Equal(Enumerable.Range(0, 300), Numbers(json.GetProperty("data")));
        Assert.Equal("c300", json.GetProperty("next_cursor").GetString());
        Assert.Equal(answer.Structured.ToString(), ((AnswerContent.Text)answer.Content[0]).Value);
        Assert.Equal(
            "The first 300 items of 3 pages; there are more. To go on, call again with the same arguments and "
                + """{"cursor":"c300"}.""",
            Note(answer)
        );
        Assert.Equal(3, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task The_whole_list_says_that_it_is_whole()
    {
        var api = new PagedApi(PagingStyle.Link) { Count = 250 };
        await using var bench = new CallBench(api.Start());
        var answer = await bench.GatherAsync(api.Tool(), 1000);
        Assert.Equal(Enumerable.Range(0, 250), Numbers(answer.Structured!.ToElement()));
        Assert.Equal("All 250 items of 3 pages; there are no more.", Note(answer));
        Assert.DoesNotContain(answer.Headers, header => header.Name == "Link");
    }

    [Theory]
    [InlineData(PagingStyle.Cursor)]
    [InlineData(PagingStyle.LastItem)]
    [InlineData(PagingStyle.Page)]
    [InlineData(PagingStyle.Offset)]
    public async Task Following_the_notes_brings_every_item_once(PagingStyle style)
    {
        var api = new PagedApi(style) { Count = 1000 };
        await using var bench = new CallBench(api.Start());
        var (numbers, arguments) = (new List<int>(), "{}");
        for (var calls = 0; calls < 20; calls++)
        {
            var answer = await bench.GatherAsync(
                api.Tool(first: 1 - (style == PagingStyle.Offset ? 1 : 0)),
                150,
                arguments
            );
            var note = Note(answer);
            var known = Given().Match(note) is { Success: true } given ? int.Parse(given.Groups[1].Value) : 0;
            var own = Numbers(answer.Structured!.ToElement().GetProperty("data"));
            numbers.AddRange(own.Except(numbers));
            if (Arguments().Match(note) is not { Success: true } next)
                break;
            arguments = next.Value;
            Assert.True(known is 0 or 50, note);
        }
        Assert.Equal(Enumerable.Range(0, 1000), numbers);
    }

    [Fact]
    public async Task A_broken_third_page_leaves_the_first_two_and_the_way_to_it()
    {
        var api = new PagedApi(PagingStyle.Page) { Breaks = 3 };
        await using var bench = new CallBench(api.Start());
        var answer = await bench.GatherAsync(
            api.Tool(first: 1) with
            {
                Limits = new CallLimits { MaxAttempts = 1 },
            },
            1000
        );
        Assert.False(answer.IsError);
        Assert.Equal(Enumerable.Range(0, 200), Numbers(answer.Structured!.ToElement().GetProperty("data")));
        var note = Note(answer);
        Assert.StartsWith("Page 3 could not be read: ", note, StringComparison.Ordinal);
        Assert.Contains("500", note, StringComparison.Ordinal);
        Assert.EndsWith("""call again with the same arguments and {"page":3}.""", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_has_its_own_attempts()
    {
        var requests = 0;
        var api = new PagedApi(PagingStyle.Cursor) { Count = 600 };
        await using var bench = new CallBench(
            RecordingUpstream.Start(request =>
                Interlocked.Increment(ref requests) % 2 == 1
                    ? new UpstreamAnswer(503, [], "Retry-After: 0")
                    : api.Answer(request)
            )
        );
        var answer = await bench.GatherAsync(api.Tool(), 600);
        Assert.Equal("All 600 items of 6 pages; there are no more.", Note(answer));
    }

    [Fact]
    public async Task An_error_on_the_first_page_is_the_answer()
    {
        var api = new PagedApi(PagingStyle.Cursor) { Breaks = 1 };
        await using var bench = new CallBench(api.Start());
        var answer = await bench.GatherAsync(api.Tool() with { Limits = new CallLimits { MaxAttempts = 1 } }, 10);
        Assert.Equal((true, 500), (answer.IsError, answer.Status));
    }

    [Fact]
    public async Task Settings_bound_what_a_caller_may_ask_for()
    {
        var api = new PagedApi(PagingStyle.Cursor);
        await using var bench = new CallBench(api.Start(), CallBench.Settings with { MaxItems = 120, MaxPages = 5 });
        var items = await bench.GatherAsync(api.Tool(), 5000);
        Assert.Equal(120, Numbers(items.Structured!.ToElement().GetProperty("data")).Count);
        Assert.Contains("of that page, the first 20 items are in this answer", Note(items), StringComparison.Ordinal);
        // A page of which a part is missing must not be passed over.
        Assert.Equal("c100", items.Structured.ToElement().GetProperty("next_cursor").GetString());
    }

    [Fact]
    public async Task A_tool_without_pages_says_so()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Json("[1]"));
        var answer = await bench.GatherAsync(CallBench.Tool("GET /x"), 10);
        Assert.Equal("[1]", answer.Structured!.ToString());
        Assert.StartsWith("'max_items' had no effect", Note(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_the_list_is_given_as_it_is()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Json("""{"things":[1]}"""));
        var answer = await bench.GatherAsync(new PagedApi(PagingStyle.Cursor).Tool(), 10);
        Assert.Equal("""{"things":[1]}""", answer.Structured!.ToString());
        Assert.Contains("it has no list at '/data'", Note(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_the_query_is_sent_once_and_is_in_no_note()
    {
        const string Secret = "k3y-0123456789";
        var api = new PagedApi(PagingStyle.NextUrl) { Count = 300 };
        await using var bench = new CallBench(
            RecordingUpstream.Start(request =>
                (api with { NextUrl = $"{Url(request)}/items?key={Secret}&token=100" }).Answer(request)
            )
        );
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["key"] = new ApiKeyScheme(ArgumentLocation.Query, "key"),
            },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["key"] = [] })],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__VALUE", Secret);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__KEY__ORIGINS", bench.Upstream.Url.ToString());
        var answer = await bench.GatherAsync(api.Tool(), 300);
        Assert.Equal(2, bench.Upstream.Requests.Count);
        Assert.DoesNotContain(Secret, CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, answer.Structured?.ToString() ?? "", StringComparison.Ordinal);
        Assert.All(bench.Upstream.Requests, request => Assert.Equal(2, request.Target.Split("key=").Length));
    }

    private static string Url(RecordedRequest request) => $"http://{request.Header("Host")[0]}";

    private static string Note(ToolAnswer answer) => ((AnswerContent.Text)answer.Content[^1]).Value;

    private static List<int> Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.GetProperty("n").GetInt32())];

    [GeneratedRegex(@"\{.*\}")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"the first (\d+) items of that page")]
    private static partial Regex Given();
}
