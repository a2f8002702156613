using System.Buffers;
using System.Text;
using McpRuntime.Http.Access;
using McpRuntime.Json;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>Reads the message, or the batch of messages, of a POST.</summary>
internal static class MessageReader
{
    /// <summary>The body's size is bounded by the server.</summary>
    public static async ValueTask<PostedBody> ReadAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var posted = Parse(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            if (posted.Message is { } message)
                SetContext(message, context);
            foreach (var part in posted.Batch?.Messages ?? [])
                SetContext(part, context);
            return posted;
        }
    }

    private static void SetContext(JsonRpcMessage message, HttpContext context)
    {
        var kept = message.Context ??= new JsonRpcMessageContext();
        kept.User = Caller.Of(context);
        kept.ExecutionContext = ExecutionContext.Capture();
        if (context.Request.Headers[McpHeaders.ProtocolVersion] is { Count: > 0 } version)
            kept.ProtocolVersion = version;
    }

    private static PostedBody Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
            return Parse(body.FirstSpan);
        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return Parse(whole.AsSpan(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    // RFC 8259 section 8.1: who reads JSON may ignore a byte order mark.
    private static PostedBody Parse(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        if (MessageBatch.Is(body))
        {
            var (batch, unread) = MessageBatch.Parse(body);
            return batch is not null && JsonUnicode.HasHalfCharacter(body)
                ? new PostedBody(null, null, NotText(null))
                : new PostedBody(null, batch, unread);
        }
        var (message, fault) = MessageParser.Parse(body);
        return message is not null && JsonUnicode.HasHalfCharacter(body)
            ? new PostedBody(null, null, NotText(message))
            : new PostedBody(message, null, fault);
    }

    private static MessageFault NotText(JsonRpcMessage? message) =>
        new(
            McpErrorCode.InvalidRequest,
            "The message holds an escape that is half of a surrogate pair, which is not text.",
            message is JsonRpcRequest request ? request.Id : default
        );
}
