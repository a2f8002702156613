namespace McpRuntime.Http.Guards;

/// <summary>
/// Documents about the gateway that anyone may read, also pages of any origin (SEP-2127, CORS Requirements): they say
/// no more than where it is and what it speaks.
/// </summary>
internal static class PublicDocument
{
    /// <summary>The server card of <c>/mcp</c>.</summary>
    public const string Card = "/mcp/server-card";

    /// <summary>What lists the card, where clients look first.</summary>
    public const string Catalog = "/.well-known/ai-catalog.json";

    /// <summary>The same, where MCP's own discovery looks.</summary>
    public const string McpCatalog = "/.well-known/mcp/catalog.json";

    public static bool IsAskedFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value is Card or Catalog or McpCatalog;
}
