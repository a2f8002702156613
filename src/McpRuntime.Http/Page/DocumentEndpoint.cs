using McpRuntime.Http.Access;

namespace McpRuntime.Http.Page;

/// <summary><c>/v1/openapi.json</c>: the OpenAPI document of everything but MCP itself.</summary>
internal static class DocumentEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var document = new Lazy<byte[]>(() => EmbeddedFile.Read("openapi.json"));
        routes
            .MapGet("/v1/openapi.json", context =>
            {
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = document.Value.Length;
                return context.Response.Body.WriteAsync(document.Value, context.RequestAborted).AsTask();
            })
            .ForCallers();
    }
}
