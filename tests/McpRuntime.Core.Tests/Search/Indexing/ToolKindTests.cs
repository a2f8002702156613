using McpRuntime.Search;
using McpRuntime.Search.Indexing;
using McpRuntime.Search.Words;

namespace McpRuntime.Tests.Search.Indexing;

public class ToolKindTests
{
    [Theory]
    [InlineData("GET /orders", "orders_list", nameof(OperationKind.List))]
    [InlineData("GET /orders", "orders", nameof(OperationKind.List))]
    [InlineData("GET /orders/{id}", "orders", nameof(OperationKind.Get))]
    [InlineData("GET /orders/search", "orders", nameof(OperationKind.Search))]
    [InlineData("DELETE /orders/{id}", "add_order", nameof(OperationKind.Delete))]
    [InlineData("POST /orders", "orders", nameof(OperationKind.Create))]
    [InlineData("POST /orders/{id}", "orders", nameof(OperationKind.Update))]
    [InlineData("POST /orders/{id}/cancel", "orders", nameof(OperationKind.Action))]
    [InlineData("POST /orders.delete", "orders_delete", nameof(OperationKind.Delete))]
    [InlineData("PUT /payments", "create_payment", nameof(OperationKind.Create))]
    [InlineData("PATCH /orders/{id}", "orders", nameof(OperationKind.Update))]
    [InlineData(null, "create_order", nameof(OperationKind.Create))]
    public void What_an_operation_does_is_read_from_method_path_and_name(string? endpoint, string name, string kind) =>
        Assert.Equal(
            kind,
            ToolKinds.Of(ToolText.Of(new SearchableTool { Name = name, Endpoint = endpoint })).ToString()
        );
}
