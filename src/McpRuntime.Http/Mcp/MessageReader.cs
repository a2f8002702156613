using System.Buffers;
using McpRuntime.Http.Access;
using McpRuntime.Server;
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
            var (message, fault) = Parse(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            if (message is not null)
            {
                message.Context = new JsonRpcMessageContext { User = Caller.Of(context), ExecutionContext = ExecutionContext.Capture() };
                if (context.Request.Headers[McpHeaders.ProtocolVersion] is { Count: > 0 } version)
                    message.Context.ProtocolVersion = version;
            }
            return (message, fault);
        }
    }

    private static (JsonRpcMessage?, MessageFault?) Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
            return MessageParser.Parse(body.FirstSpan);
        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return MessageParser.Parse(whole.AsSpan(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }
}
