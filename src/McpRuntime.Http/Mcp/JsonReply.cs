using McpRuntime.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>A response that is one message: JSON, or one event for a client that takes nothing else.</summary>
internal static class JsonReply
{
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="line">The message with the end of its line, which is not sent.</param>
    public static Task WriteAsync(HttpContext context, int status, PooledBuffer line) =>
        WriteAsync(context, status, line.Memory);

    /// <inheritdoc cref="WriteAsync(HttpContext, int, PooledBuffer)"/>
    public static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> line)
    {
        var response = context.Response;
        if (status == StatusCodes.Status200OK && ReplyTypes.IsEventsOnly(context))
        {
            EventWriter.Start(context);
            return EventWriter.WriteAsync(response, id: null, line, context.RequestAborted);
        }
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = line.Length - 1;
        return response.Body.WriteAsync(line[..^1], context.RequestAborted).AsTask();
    }
}
