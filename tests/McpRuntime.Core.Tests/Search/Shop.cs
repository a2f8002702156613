using McpRuntime.Json;
using McpRuntime.Search;

namespace McpRuntime.Tests.Search;

/// <summary>The tools of a small API.</summary>
internal static class Shop
{
    public static ToolSearchIndex Index { get; } =
        ToolSearchIndex.Create([
            Tool("list_orders", "GET /orders", "List orders", "Returns the orders of the shop, newest first."),
            Tool(
                "create_order",
                "POST /orders",
                "Create an order",
                "Places an order for a customer.",
                """{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/definitions/Line"}},"gift_wrapping":{"type":"boolean"}}}"""
            ),
            Tool("get_order", "GET /orders/{order_id}", "Get an order", null),
            Tool("update_order", "PATCH /orders/{order_id}", "Update an order", null),
            Tool("delete_order", "DELETE /orders/{order_id}", "Delete an order", null),
            Tool("cancel_order", "POST /orders/{order_id}/cancel", "Cancel an order", "The warehouse is told at once."),
            Tool("list_order_comments", "GET /orders/{order_id}/comments", "List comments of an order", null),
            Tool("create_order_comment", "POST /orders/{order_id}/comments", "Comment on an order", null),
            Tool("list_customers", "GET /customers", "List customers", null),
            Tool("get_customer", "GET /customers/{customer_id}", "Get a customer", null),
            Tool(
                "update_customer",
                "PUT /customers/{customer_id}",
                "Change a customer",
                null,
                """{"type":"object","properties":{"tier":{"enum":["bronze","platinum"]}}}"""
            ),
            Tool("create_refund", "POST /refunds", "Create a refund", "Pays money back."),
            Tool("list_invoices_1", "GET /invoices", "List invoices", "Deprecated. Use /v2/invoices."),
            Tool("list_invoices", "GET /billing/v2/invoices.json", "List invoices", null),
            Tool("ban_customer", "PUT /customers/{customer_id}/ban", "Ban a customer", null),
            Tool("run_cronjob", "POST /cronjobs/{name}/run", "Run a cronjob", null),
        ]);

    /// <summary>Names of the tools that are found, best first.</summary>
    public static string[] Find(string request, int most = 10) =>
        [.. Index.Search(request, most).Select(hit => Index.Tools[hit.Position].Name)];

    /// <summary>The place of a tool in the index.</summary>
    public static int PositionOf(string name) => Index.Tools.ToList().FindIndex(tool => tool.Name == name);

    private static SearchableTool Tool(
        string name,
        string endpoint,
        string title,
        string? description,
        string? schema = null
    ) =>
        new()
        {
            Name = name,
            Connector = "shop",
            Endpoint = endpoint,
            Title = title,
            Description = description,
            InputSchema = schema is null ? null : JsonText.Parse(schema),
            Definitions = new Dictionary<string, JsonText>
            {
                ["Line"] = JsonText.Parse("""{"type":"object","properties":{"sku":{"type":"string"}}}"""),
            },
        };
}
