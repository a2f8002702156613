using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers.Shortening;

namespace McpRuntime.Tests.Calls.Answers.Shortening;

public class ShortJsonTests
{
    [Fact]
    public void A_list_keeps_whole_items_from_its_start_as_they_are()
    {
        var shortened = Shorten("""[{"id":1.00},{"id":2},{"id":12345678901234567890}]""", 30);
        Assert.Equal("""[{"id":1.00},{"id":2}]""", shortened.Json.ToString());
        Assert.Equal(new ShownPart("", "items", 0, 2, 2, 3, null, null), Assert.Single(shortened.Shown));
    }

    [Fact]
    public void Members_besides_the_list_stay_whole_and_long_texts_are_left_out_whole()
    {
        var text = new string('x', 500);
        var shortened = Shorten(
            $$$"""{"total":3,"text":"{{{text}}}","data":{"items":[{"a":1},{"a":2},{"a":"{{{text}}}"}],"next":"n"}}""",
            200
        );
        Assert.Equal("""{"total":3,"data":{"items":[{"a":1},{"a":2}],"next":"n"}}""", shortened.Json.ToString());
        Assert.Equal([new OmittedPart("text", 502)], shortened.Omitted);
        Assert.Equal("data.items", Assert.Single(shortened.Shown).Path);
        Assert.Equal(2, shortened.Shown[0].Next);
    }

    [Fact]
    public void An_item_that_alone_is_too_long_is_outlined_and_nothing_is_made_up()
    {
        var shortened = Shorten($$"""{"items":[{"id":1,"body":"{{new string('x', 2000)}}"}]}""", 100);
        Assert.Equal("""{"items":[]}""", shortened.Json.ToString());
        Assert.Equal("2,018 bytes: body (2,002 bytes), id", Assert.Single(shortened.Shown).TooLong);
        Assert.Equal(0, shortened.Shown[0].Next);
    }

    [Fact]
    public void An_object_with_many_members_counts_as_a_list()
    {
        var members = string.Join(',', Enumerable.Range(0, 100).Select(i => $$""" "key{{i}}":{"v":{{i}} }"""));
        var shortened = Shorten($$$"""{"rates":{ {{{members}}} }}""", 200);
        var part = Assert.Single(shortened.Shown);
        Assert.Equal(("rates", "members", 100), (part.Path, part.Kind, part.Total));
        Assert.Equal(part.Shown, shortened.Json.ToElement().GetProperty("rates").GetPropertyCount());
        Assert.InRange(shortened.Json.Utf8.Length, 100, 200);
    }

    [Fact]
    public void Page_by_page_every_item_comes_once_and_pages_stay_within_the_bound()
    {
        var items = Enumerable.Range(0, 1000).Select(i => $$"""{"id":{{i}},"n":"{{new string('y', i % 90)}}"}""");
        var json = $$"""{"meta":{"a":[1,2,3]},"items":[{{string.Join(',', items)}}],"etag":"e"}""";
        var ids = new List<int>();
        for (int? from = 0; from is not null; )
        {
            var page = Shorten(json, 1000, new ResultWindow(from.Value));
            Assert.InRange(page.Json.Utf8.Length, 1, 1000);
            ids.AddRange(
                page.Json.ToElement()
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(item => item.GetProperty("id").GetInt32())
            );
            from = page.Shown.SingleOrDefault()?.Next;
        }
        Assert.Equal(Enumerable.Range(0, 1000), ids);
    }

    [Fact]
    public void A_window_counts_items_of_the_main_list_that_contain_a_text()
    {
        var json = """{"items":[{"t":"Red"},{"t":"blue"},{"t":"dark \u0072ed"},{"n":1234},{"red":1}]}""";
        var found = Shorten(json, 1000, new ResultWindow(Contains: "red"));
        Assert.Equal("""{"items":[{"t":"Red"},{"t":"dark \u0072ed"}]}""", found.Json.ToString());
        Assert.Equal((5, 2), (found.Shown[0].Total, found.Shown[0].Matches!.Value));
        Assert.Equal(
            """{"items":[{"t":"dark \u0072ed"}]}""",
            Shorten(json, 1000, new ResultWindow(1, 1, "red")).Json.ToString()
        );
        Assert.Equal("""{"items":[{"n":1234}]}""", Shorten(json, 99, new ResultWindow(Contains: "23")).Json.ToString());
        // Literal: a pattern is text.
        Assert.Equal("""{"items":[]}""", Shorten(json, 1000, new ResultWindow(Contains: ".*")).Json.ToString());
    }

    [Fact]
    public void Random_answers_stay_valid_and_within_the_bound()
    {
        var random = new Random(18);
        for (var run = 0; run < 300; run++)
        {
            var json = Any(random, 4);
            var most = random.Next(60, 2000);
            var shortened = Shorten(json, most);
            Assert.NotEqual(JsonValueKind.Undefined, shortened.Json.ToElement().ValueKind);
            if (shortened.Json.ToElement().ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                Assert.InRange(shortened.Json.Utf8.Length, 1, most);
            Assert.Equal(shortened.Json.ToString() != json, shortened.Shown.Count + shortened.Omitted.Count > 0);
        }
    }

    [Theory]
    [InlineData("a\nb\nc\n", 4, "a\nb\n", 2, 3)]
    [InlineData("äöü\nx", 7, "äöü\n", 1, 2)]
    public void Text_keeps_whole_lines(string text, int most, string expected, int next, int total)
    {
        Assert.Equal(expected, ShortText.Of(text, most, ResultWindow.Whole, out var shown));
        Assert.Equal((next, total), (shown!.Next!.Value, shown.Total));
    }

    [Fact]
    public void One_long_line_is_read_to_its_end_in_pieces()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 5001));
        var read = new StringBuilder();
        for (int? from = 0; from is not null; )
        {
            read.Append(ShortText.Of(text, 3000, new ResultWindow(from.Value), out var shown));
            from = shown?.Next;
        }
        Assert.Equal(text, read.ToString());
    }

    private static ShortJson Shorten(string json, int most, ResultWindow? window = null) =>
        ShortJson.Of(JsonElement.Parse(json), most, window);

    private static string Any(Random random, int depth)
    {
        string[] values() => [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => Any(random, depth - 1))];
        return depth == 0
            ? random.Next(4) switch
            {
                0 => $"\"{new string('z', random.Next(60))}\"",
                1 => "null",
                2 => "1.50",
                _ => "{}",
            }
            : random.Next(3) switch
            {
                0 => $"[{string.Join(',', values())}]",
                1 => $"{{{string.Join(',', values().Select((value, i) => $"\"m{i}\":{value}"))}}}",
                _ => Any(random, 0),
            };
    }
}
