using McpRuntime.Connectors;
using static McpRuntime.Tests.Server.Surface.SurfaceFixture;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server.Surface;

public class SearchToolsTests
{
    [Fact]
    public async Task Without_arguments_it_shows_the_apis()
    {
        await using var conversation = Converse();
        Assert.Equal(
            """
            library: City Library. Books and loans. 2 tools. Has: books
            shop: Shop. 6 tools. Has: orders, purge, start
            Give an api for all that it has, or a query for tools.
            """,
            await conversation.CallAsync("search_tools", "{}"),
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public async Task With_an_api_it_shows_its_resources_with_what_can_be_done()
    {
        await using var conversation = Converse();
        var text = await conversation.CallAsync("search_tools", """{"api":"Shop"}""");
        Assert.Contains("\norders: list, create, cancel, delete\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("books", text, StringComparison.Ordinal);
        text = await conversation.CallAsync("search_tools", """{"api":"shop","access":"read"}""");
        Assert.Contains("1 tool.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_query_it_shows_the_best_tools_as_signatures_and_what_is_near()
    {
        await using var conversation = Converse();
        var lines = (
            await conversation.CallAsync("search_tools", """{"query":"create an order for a customer","limit":1}""")
        ).Split('\n');
        Assert.Equal(
            "create_order(customer: { name: string, vip?: boolean }, note?: string) // write: Create an order",
            lines[0].TrimEnd()
        );
        Assert.Contains("Also near: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("cancel_order", lines[1], StringComparison.Ordinal);
        Assert.Equal("Resources: orders: list, create, cancel, delete.", lines[2].TrimEnd());
    }

    [Theory]
    [InlineData("""{"query":"order","access":"destructive"}""", "delete_order")]
    [InlineData("""{"query":"order","access":"read"}""", "list_orders")]
    [InlineData("""{"query":"show","api":"library"}""", "get_book")]
    [InlineData("""{"resource":"Order_s","access":"destructive"}""", "delete_order")]
    [InlineData("""{"resource":"books","limit":1}""", "list_books")]
    public async Task Filters_choose_among_the_tools(string arguments, string first)
    {
        await using var conversation = Converse();
        Assert.StartsWith(
            $"{first}(",
            await conversation.CallAsync("search_tools", arguments),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"quary":"x"}""", "Did you mean 'query'?")]
    [InlineData("""{"query":1}""", "'query' must be a string")]
    [InlineData("""{"access":"all"}""", "'access' must be one of read, write, destructive")]
    [InlineData("""{"limit":0,"access":7}""", "'limit' must be a whole number from 1 to 20")]
    [InlineData("""{"api":"shpo"}""", "Did you mean 'shop'?")]
    [InlineData("""{"resource":"ordres"}""", "Did you mean orders?")]
    public async Task Wrong_arguments_are_named_with_the_way_out(string arguments, string message)
    {
        await using var conversation = Converse();
        Assert.Contains(
            message,
            await conversation.CallAsync("search_tools", arguments, isError: true),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_found_is_no_error()
    {
        await using var conversation = Converse();
        Assert.Contains(
            "Nothing fits",
            await conversation.CallAsync("search_tools", """{"query":"zzzzqqqq"}"""),
            StringComparison.Ordinal
        );
        await using var empty = new McpConversation(new SettableSource(SearchList(ToolCatalog.Empty)));
        Assert.Contains(
            "no connector is installed",
            await empty.CallAsync("search_tools", "{}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Text_of_a_manifest_is_cleaned()
    {
        var catalog = ToolCatalog.Create([Connector("c", Tool("t") with { Title = "Red\u001b[31m fox\u202e" })]);
        await using var conversation = new McpConversation(new SettableSource(SearchList(catalog)));
        Assert.StartsWith(
            "t() // read: Red fox\n",
            (await conversation.CallAsync("search_tools", """{"query":"fox"}""")).ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_description_has_types_constraints_examples_and_how_to_call()
    {
        await using var conversation = Converse();
        var text = (
            await conversation.CallAsync("describe_tools", """{"names":["create_order","list_orders","delete_oder"]}""")
        ).ReplaceLineEndings("\n");
        Assert.Equal(
            """
            create_order(
              customer: { name: string, vip?: boolean }, // Who buys.
              note?: string,
            )
            POST /orders of shop; write: call it with call_write_tool.
            Does create_order.
            Example of arguments: {"customer":{"name":"Ada"}}

            list_orders(
              status?: "open" | "paid",
              limit?: integer, // minimum 1; maximum 100; default 20
            )
            GET /orders of shop; read: call it with call_read_tool.
            Does list_orders.

            """.ReplaceLineEndings("\n"),
            text[..text.IndexOf("There is no tool 'delete_oder'", StringComparison.Ordinal)][..^1]
        );
        Assert.Contains("delete_order", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_full_schema_comes_on_request()
    {
        await using var conversation = Converse();
        var text = await conversation.CallAsync("describe_tools", """{"names":["create_order"],"schema":true}""");
        Assert.Contains("\"$defs\":{\"Customer\":", text, StringComparison.Ordinal);
        Assert.Contains("\"maxLength\":80", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "'names' must be a list of strings")]
    [InlineData("""{"names":[]}""", "'names' must be a list of 1 to 10 strings")]
    [InlineData("""{"names":["nothing_like_it"]}""", "There is no tool 'nothing_like_it'")]
    public async Task A_description_of_nothing_is_an_error(string arguments, string message)
    {
        await using var conversation = Converse();
        Assert.Contains(
            message,
            await conversation.CallAsync("describe_tools", arguments, isError: true),
            StringComparison.Ordinal
        );
    }
}
