using System.Buffers;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>Reads the one message of a POST.</summary>
internal static class MessageReader
{
    /// <summary>Exactly one of both is set. The body's size is bounded by the server.</summary>
    public static async ValueTask<(JsonRpcMessage? Message, MessageFault? Fault)> ReadAsync(HttpContext context)
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
            var (message, fault) = Parse(read.Buffer, out var isText);
            body.AdvanceTo(read.Buffer.End);
            if (message is not null)
            {
                message.Context = new JsonRpcMessageContext { User = Caller.Of(context), ExecutionContext = ExecutionContext.Capture() };
                if (context.Request.Headers[McpHeaders.ProtocolVersion] is { Count: > 0 } version)
                    message.Context.ProtocolVersion = version;
            }
            return isText ? (message, fault) : (null, fault ?? NotText(message));
        }
    }

    private static MessageFault NotText(JsonRpcMessage? message) => new(
        McpErrorCode.InvalidRequest,
        "The message holds an escape that is half of a surrogate pair, which is not text.",
        message is JsonRpcRequest request ? request.Id : default);

    private static (JsonRpcMessage?, MessageFault?) Parse(in ReadOnlySequence<byte> body, out bool isText)
    {
        if (body.IsSingleSegment)
            return Parse(body.FirstSpan, out isText);
        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return Parse(whole.AsSpan(0, (int)body.Length), out isText);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static (JsonRpcMessage?, MessageFault?) Parse(ReadOnlySpan<byte> body, out bool isText)
    {
        var parsed = MessageParser.Parse(body);
        isText = parsed.Message is null || !JsonText.HasHalfCharacter(body);
        return parsed;
    }
}
