using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>Why a line is not a message (JSON-RPC 2.0 section 5.1).</summary>
/// <param name="Code">Parse error, invalid request or invalid params.</param>
/// <param name="Message">What is wrong and what would be right; never the content of the line.</param>
/// <param name="Id">The request's id where one could be read; the default value stands for <c>null</c>.</param>
public sealed record MessageFault(McpErrorCode Code, string Message, RequestId Id = default)
{
    public JsonRpcError ToError() =>
        new()
        {
            Id = Id,
            Error = new JsonRpcErrorDetail { Code = (int)Code, Message = Message },
        };
}
