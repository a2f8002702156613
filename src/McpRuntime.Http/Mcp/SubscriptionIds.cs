using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// Notifications of a subscription carry the id of the request that opened it; the client knows its own.
/// </summary>
internal static class SubscriptionIds
{
    public static void Restore(JsonRpcNotification notification, RequestId serverId, RequestId clientId)
    {
        if (
            notification.Params?["_meta"] is JsonObject meta
            && meta[MetaKeys.SubscriptionId] is JsonValue value
            && value.TryGetValue(out long id)
            && id == (long)serverId.Id!
        )
        {
            meta[MetaKeys.SubscriptionId] = clientId.Id is string text
                ? JsonValue.Create(text)
                : JsonValue.Create((long)clientId.Id!);
        }
    }
}
