using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Calls.Answers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Asks a client to open a page for its user (elicitation of mode <c>url</c>): by an error in sessions of 2025-11-25,
/// by a result that requires input in 2026-07-28, whose clients call again with what the user said.
/// </summary>
public static class PageElicitation
{
    private const string FirstRevision = "2025-11-25";
    private const string InputName = "open_page";

    /// <summary>The client of a session can open pages.</summary>
    public static bool IsDeclared(ClientCapabilities? capabilities, string? revision) =>
        capabilities?.Elicitation?.Url is not null && string.CompareOrdinal(revision, FirstRevision) >= 0;

    /// <summary>The client of a request of 2026-07-28 can open pages.</summary>
    internal static bool IsDeclared(JsonElement parameters) =>
        Member(parameters, "_meta") is { } meta
        && Member(meta, MetaKeys.ClientCapabilities) is { } capabilities
        && Member(capabilities, "elicitation") is { } elicitation
        && Member(elicitation, "url") is { ValueKind: JsonValueKind.Object };

    /// <summary>What the user said, in a request that is sent again.</summary>
    internal static UserReply ReplyIn(JsonElement parameters)
    {
        if (Member(parameters, "inputResponses") is not { } replies || Member(replies, InputName) is not { } reply)
            return UserReply.None;
        return ToolRequest.Text(reply, "action"u8) == "accept" ? UserReply.Accepted : UserReply.Declined;
    }

    /// <summary>The error of 2025-11-25.</summary>
    internal static JsonRpcError Error(RequestId id, UserPage page) =>
        new()
        {
            Id = id,
            Error = new JsonRpcErrorDetail
            {
                Code = (int)McpErrorCode.UrlElicitationRequired,
                Message = page.Message,
                Data = new JsonObject { ["elicitations"] = new JsonArray(Parameters(page, page.Id)) },
            },
        };

    /// <summary>The result of 2026-07-28, whose requests have no ids and no notice that they are completed.</summary>
    internal static JsonObject Result(UserPage page) =>
        new()
        {
            ["resultType"] = "input_required",
            ["inputRequests"] = new JsonObject
            {
                [InputName] = new JsonObject
                {
                    ["method"] = RequestMethods.ElicitationCreate,
                    ["params"] = Parameters(page, id: null),
                },
            },
            ["_meta"] = new JsonObject { [MetaKeys.ServerInfo] = JsonNode.Parse(ServerIdentity.Info) },
        };

    private static JsonObject Parameters(UserPage page, string? id)
    {
        var parameters = new JsonObject
        {
            ["mode"] = "url",
            ["message"] = page.Message,
            ["url"] = page.Url.AbsoluteUri,
        };
        if (id is not null)
            parameters["elicitationId"] = id;
        return parameters;
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}
