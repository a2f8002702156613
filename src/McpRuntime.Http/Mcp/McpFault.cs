using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>Why a message is refused before a server sees it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">JSON-RPC error code.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal sealed record McpFault(int Status, McpErrorCode Code, string Message)
{
    /// <summary>What SDKs answer where a session does not exist; the specification names only the status.</summary>
    private const int SessionNotFound = -32001;

    public System.Text.Json.Nodes.JsonNode? Data { get; init; }

    public static McpFault NoSession { get; } =
        new(
            404,
            (McpErrorCode)SessionNotFound,
            "The session does not exist or has ended. Start a new one with initialize."
        );

    public static McpFault NotAcceptable(string types) =>
        new(406, McpErrorCode.InvalidRequest, $"Accept must allow {types}.");

    public static McpFault Bad(McpErrorCode code, string message) => new(400, code, message);

    public async Task WriteAsync(HttpContext context, RequestId id)
    {
        using var buffer = new PooledBuffer();
        MessageWriter.Write(
            new JsonRpcError
            {
                Id = id,
                Error = new JsonRpcErrorDetail
                {
                    Code = (int)Code,
                    Message = Message,
                    Data = Data,
                },
            },
            buffer
        );
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.Memory, context.RequestAborted);
    }
}
