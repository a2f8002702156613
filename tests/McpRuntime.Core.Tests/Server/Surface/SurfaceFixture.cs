using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Manifests;
using McpRuntime.Server;
using McpRuntime.Server.Surface;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server.Surface;

/// <summary>A shop and a library behind the search tools, spoken to over MCP.</summary>
internal static class SurfaceFixture
{
    public static readonly string[] SearchToolNames =
    [
        "search_tools",
        "describe_tools",
        "call_read_tool",
        "call_write_tool",
        "call_destructive_tool",
    ];

    public static ToolCatalog Catalog { get; } =
        ToolCatalog.Create([
            Connector(
                "library",
                Tool("list_books", "GET /books", """{"type":"object","properties":{"author":{"type":"string"}}}""") with
                {
                    Title = "List the books",
                },
                Tool(
                    "get_book",
                    "GET /books/{isbn}",
                    """{"type":"object","properties":{"isbn":{"type":"string"}},"required":["isbn"]}"""
                ) with
                {
                    Title = "Show a book",
                }
            ) with
            {
                Title = "City Library",
                Description = "Books and loans. More.",
            },
            Connector(
                "shop",
                Tool(
                    "list_orders",
                    "GET /orders",
                    """{"type":"object","properties":{"status":{"enum":["open","paid"]},"limit":{"type":"integer","minimum":1,"maximum":100,"default":20}}}"""
                ) with
                {
                    Title = "List the orders",
                },
                Tool(
                    "create_order",
                    "POST /orders",
                    """
                    {"type":"object","properties":{"note":{"type":"string"},"customer":{"$ref":"#/definitions/Customer","description":"Who buys."}},"required":["customer"],
                     "examples":[{"customer":{"name":"Ada"}}]}
                    """
                ) with
                {
                    Title = "Create an order",
                },
                Tool(
                    "cancel_order",
                    "POST /orders/{id}/cancel",
                    """{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"]}"""
                ) with
                {
                    Title = "Cancel an order",
                },
                Tool(
                    "delete_order",
                    "DELETE /orders/{id}",
                    """{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"]}"""
                ) with
                {
                    Title = "Delete an order",
                },
                Tool("purge_cache", "GET /cache/purge") with
                {
                    Title = "Empty the cache",
                    Annotations = new ToolHints(Destructive: true),
                },
                Tool("start_report", "GET /reports/start") with
                {
                    Title = "Start a report",
                    Annotations = new ToolHints(ReadOnly: false),
                }
            ) with
            {
                Title = "Shop",
                Definitions = new Dictionary<string, McpRuntime.Json.JsonText>
                {
                    ["Customer"] = McpRuntime.Json.JsonText.Parse(
                        """{"type":"object","properties":{"name":{"type":"string","maxLength":80},"vip":{"type":"boolean"}},"required":["name"]}"""
                    ),
                },
            },
        ]);

    public static ToolList SearchList(ToolCatalog? catalog = null) =>
        new Exposure(ToolExposure.Search).Make(catalog ?? Catalog, [], new ListForm());

    public static McpConversation Converse() => new(new SettableSource(SearchList()));

    /// <summary>The text of a call, which must have gone well or not.</summary>
    public static async Task<string> CallAsync(
        this McpConversation conversation,
        string tool,
        string arguments,
        bool isError = false
    )
    {
        var answer = await conversation.AskAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}} } }"""
        );
        Assert.True(answer.TryGetProperty("result", out var result), answer.GetRawText());
        Assert.Equal(isError, result.TryGetProperty("isError", out var said) && said.GetBoolean());
        return result.GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    public static async Task<JsonElement[]> ListAsync(ToolList list)
    {
        await using var conversation = new McpConversation(new SettableSource(list));
        var answer = await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        return [.. answer.GetProperty("result").GetProperty("tools").EnumerateArray()];
    }

    public static string?[] Names(IEnumerable<JsonElement> tools) =>
        [.. tools.Select(tool => tool.GetProperty("name").GetString())];
}
