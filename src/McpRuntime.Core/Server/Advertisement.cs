using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// Takes out of <c>initialize</c> and <c>server/discover</c> what the protocol library promises by itself and this
/// server does not do: log messages, and changes of lists to a client that has no stream. Adds resources, which the
/// library is not told of: it would make the serializer's metadata of all their messages at every start.
/// </summary>
internal static class Advertisement
{
    public static McpMessageHandler Filter(McpServerOptions options, bool hasResources, McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (ResultOf(context.JsonRpcMessage)?["capabilities"] is JsonObject capabilities)
            {
#pragma warning disable MCP9005 // Deprecated, and promised by the library unasked.
                if (options.Capabilities?.Logging is null)
                    capabilities.Remove("logging");
#pragma warning restore MCP9005
                if (hasResources && !capabilities.ContainsKey("resources"))
                    capabilities.Insert(0, "resources", new JsonObject());
                if (context.Server.SessionId == ToolServer.SingleRequest)
                    (capabilities["tools"] as JsonObject)?.Remove("listChanged");
            }
            return next(context, cancellationToken);
        };

    /// <summary>The result of <c>initialize</c> or <c>server/discover</c>; null for any other message.</summary>
    public static JsonObject? ResultOf(JsonRpcMessage message) =>
        message is JsonRpcResponse { Result: JsonObject result }
        && result["capabilities"] is JsonObject
        && (result.ContainsKey("protocolVersion") || result.ContainsKey("supportedVersions"))
            ? result
            : null;
}
