using System.Text;
using McpRuntime.Server;
using Microsoft.AspNetCore.Http.Features;

namespace McpRuntime.Http.Mcp;

/// <summary>Server-sent events (WHATWG HTML section 9.2), one JSON-RPC message each.</summary>
internal static class EventWriter
{
    /// <summary>Sets the headers of a stream; nothing on the way may hold events back.</summary>
    public static void Start(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-cache, no-store";
        headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    /// <param name="response">Where it goes.</param>
    /// <param name="id">What a client says to resume after this event; null for none.</param>
    /// <param name="line">A message and the end of its line, as <see cref="MessageWriter"/> writes it.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public static async Task WriteAsync(
        HttpResponse response,
        string? id,
        ReadOnlyMemory<byte> line,
        CancellationToken cancellationToken
    )
    {
        using var text = new PooledBuffer(line.Length + 128);
        text.Append("event: message\n"u8);
        if (id is not null)
            text.Append(Encoding.ASCII.GetBytes($"id: {id}\n"));
        text.Append("data: "u8);
        text.Append(line.Span);
        text.Append("\n"u8);
        await response.Body.WriteAsync(text.Memory, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>An event without data, which only carries the id to resume after and when to come back.</summary>
    public static async Task PrimeAsync(
        HttpResponse response,
        string id,
        TimeSpan? retryAfter,
        CancellationToken cancellationToken
    )
    {
        var retry = retryAfter is { } wait ? $"retry: {(long)wait.TotalMilliseconds}\n" : "";
        await response.Body.WriteAsync(Encoding.ASCII.GetBytes($"id: {id}\n{retry}data: \n\n"), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
