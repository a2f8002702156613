using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Brings an <c>initialize</c> to what the protocol library takes (MCP 2025-11-25, Lifecycle). The library refuses
/// revisions that it does not know and everything whose shape it does not expect; the specification wants a revision
/// that the server speaks, and clients are more varied than its schema.
/// </summary>
public static class Handshake
{
    /// <summary>Changes the request in place.</summary>
    /// <param name="initialize">A request of the method <c>initialize</c>.</param>
    /// <returns>Null, or the invalid-params error that names everything required that is missing.</returns>
    public static MessageFault? Prepare(JsonRpcRequest initialize)
    {
        var parameters = initialize.Params as JsonObject;
        // Its own metadata says that there is no handshake in its revision; the library answers that.
        if (parameters?["_meta"] is JsonObject meta && ProtocolEra.IsPerRequest(Text(meta, MetaKeys.ProtocolVersion)))
            return null;
        var missing = new List<string>();
        if (Text(parameters, "protocolVersion") is not { } revision)
            missing.Add("protocolVersion (a string)");
        else
            parameters!["protocolVersion"] = ProtocolEra.Agree(revision);
        if (parameters?["capabilities"] is not { } capabilities)
            missing.Add("capabilities (an object)");
        else
            parameters["capabilities"] = Known<ClientCapabilities>(capabilities as JsonObject ?? [], []);
        CheckClient(parameters, missing);
        if (missing.Count > 0)
            return new MessageFault(
                McpErrorCode.InvalidParams,
                $"The params of initialize lack {string.Join(", ", missing)}.",
                initialize.Id
            );
        if (parameters!["_meta"] is not (null or JsonObject))
            parameters.Remove("_meta");
        return null;
    }

    private static void CheckClient(JsonObject? parameters, List<string> missing)
    {
        if (parameters?["clientInfo"] is not JsonObject client)
        {
            missing.Add("clientInfo (an object)");
            return;
        }
        var known = missing.Count;
        if (Text(client, "name") is null)
            missing.Add("clientInfo.name (a string)");
        if (Text(client, "version") is null)
            missing.Add("clientInfo.version (a string)");
        if (missing.Count == known)
            parameters["clientInfo"] = Known<Implementation>(client, ["name", "version"]);
    }

    // What this server cannot read it cannot use either: such a member is as good as absent.
    private static JsonObject Known<T>(JsonObject members, string[] required)
    {
        if (members.Count == 0 || Reads<T>(members))
            return (JsonObject)members.DeepClone();
        var known = new JsonObject();
        foreach (var name in required)
            known[name] = members[name]!.DeepClone();
        foreach (var (name, value) in members)
        {
            if (known.ContainsKey(name))
                continue;
            known[name] = value?.DeepClone();
            if (!Reads<T>(known))
                known.Remove(name);
        }
        return known;
    }

    private static bool Reads<T>(JsonObject members)
    {
        try
        {
            return members.Deserialize<T>(McpJsonUtilities.DefaultOptions) is not null;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return false;
        }
    }

    private static string? Text(JsonObject? members, string name) =>
        members?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
