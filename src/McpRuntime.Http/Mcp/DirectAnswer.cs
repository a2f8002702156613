using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// Answers lists and calls of tools past the protocol library, whose dispatch costs more than the work itself. What the
/// library would refuse, or do otherwise, is left to it.
/// </summary>
internal static class DirectAnswer
{
    private const string Reserved = "io.modelcontextprotocol/";

    /// <summary>Writes the answer; false, with nothing done, where the library has to answer.</summary>
    /// <param name="context">The request; its headers have been checked against the message.</param>
    /// <param name="scope">The endpoint.</param>
    /// <param name="request">The message.</param>
    /// <param name="revision">What the session agreed on, or the request says; null where that is not known.</param>
    /// <param name="sessionId">Null without a session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<bool> TryAsync(
        HttpContext context, McpScope scope, JsonRpcRequest request, string? revision, string? sessionId, CancellationToken cancellationToken)
    {
        if (revision is null || !IsPlain(request, revision))
            return false;
        using var line = new PooledBuffer(4096);
        if (!await scope.Server.TryAnswerAsync(request, new RequestOrigin(context.User, revision, sessionId), line, cancellationToken))
            return false;
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, line);
        return true;
    }

    /// <summary>The request may be answered at all, and its metadata is what the library would accept.</summary>
    private static bool IsPlain(JsonRpcRequest request, string revision)
    {
        if (request.Method is not (RequestMethods.ToolsCall or RequestMethods.ToolsList))
            return false;
        var meta = (request.Params as JsonObject)?["_meta"];
        if (!ProtocolEra.IsPerRequest(revision))
            return meta is null || (meta is JsonObject old && !old.Any(member => member.Key.StartsWith(Reserved, StringComparison.Ordinal)));
        return meta is JsonObject given
            && !given.ContainsKey(MetaKeys.LogLevel)
            && Reads<ClientCapabilities>(given[MetaKeys.ClientCapabilities])
            && (!given.ContainsKey(MetaKeys.ClientInfo) || Reads<Implementation>(given[MetaKeys.ClientInfo]));
    }

    private static bool Reads<T>(JsonNode? node)
    {
        if (node is not JsonObject members)
            return false;
        if (members.Count == 0 && typeof(T) == typeof(ClientCapabilities))
            return true;
        try
        {
            return members.Deserialize<T>(McpJsonUtilities.DefaultOptions) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
