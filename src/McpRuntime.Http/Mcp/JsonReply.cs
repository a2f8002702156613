using McpRuntime.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>A response that is one message.</summary>
internal static class JsonReply
{
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="line">The message with the end of its line, which is not sent.</param>
    public static Task WriteAsync(HttpContext context, int status, PooledBuffer line)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = line.Length - 1;
        return response.Body.WriteAsync(line.Memory[..^1], context.RequestAborted).AsTask();
    }
}
