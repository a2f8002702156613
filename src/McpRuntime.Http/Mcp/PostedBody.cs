using McpRuntime.Server;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>What a POST brought; exactly one is set.</summary>
internal readonly record struct PostedBody(JsonRpcMessage? Message, MessageBatch? Batch, MessageFault? Fault);
