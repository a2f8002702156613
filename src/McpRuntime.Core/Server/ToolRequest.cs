using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// The parameters of <c>tools/list</c> and <c>tools/call</c>, from the JSON that was parsed once
/// (<see cref="MessageParser"/>).
/// </summary>
public static class ToolRequest
{
    private const string ParametersKey = "mcp-runtime/params";

    private static readonly JsonElement NoArguments = JsonElement.Parse("{}"u8);

    /// <summary>Keeps the parameters of a message with it, so that no one parses them again.</summary>
    internal static void Keep(JsonRpcRequest request, JsonElement parameters) =>
        (request.Context ??= new JsonRpcMessageContext()).Items = new Dictionary<string, object?>(
            1,
            StringComparer.Ordinal
        )
        {
            [ParametersKey] = parameters,
        };

    /// <summary>The parameters of a request as they were received; Undefined where there are none.</summary>
    public static JsonElement Parameters(JsonRpcRequest request) =>
        request.Context?.Items is { } items
        && items.TryGetValue(ParametersKey, out var kept)
        && kept is JsonElement parameters
            ? parameters
            : Element(request.Params);

    /// <summary>The parameters of a notification; Undefined where there are none.</summary>
    public static JsonElement Parameters(JsonRpcNotification notification) => Element(notification.Params);

    // A transport that is not ours has parsed them.
    private static JsonElement Element(JsonNode? parameters) =>
        parameters is JsonObject node
            ? JsonSerializer.SerializeToElement(node, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonNode)))
            : default;

    /// <summary>2026-07-28 where a request says that it is of that revision; null for any other.</summary>
    internal static string? Revision(JsonRpcRequest request) =>
        Member(Parameters(request), "_meta"u8) is { ValueKind: JsonValueKind.Object } meta
        && Member(meta, "io.modelcontextprotocol/protocolVersion"u8) is { ValueKind: JsonValueKind.String } named
        && named.ValueEquals(ProtocolEra.PerRequest)
            ? ProtocolEra.PerRequest
            : null;

    /// <summary>
    /// The client's span (<c>_meta.traceparent</c>, <c>_meta.tracestate</c>; SEP-414); default where there is none.
    /// </summary>
    internal static ActivityContext Trace(JsonElement parameters)
    {
        if (
            Member(parameters, "_meta"u8) is not { ValueKind: JsonValueKind.Object } meta
            || Text(meta, "traceparent"u8) is not { } parent
        )
            return default;
        return ActivityContext.TryParse(parent, Text(meta, "tracestate"u8), isRemote: true, out var trace)
            ? trace
            : default;
    }

    /// <summary>The parameters ask for a page of the list, which has only one.</summary>
    internal static bool HasCursor(JsonElement parameters) =>
        Member(parameters, "cursor"u8) is { ValueKind: not JsonValueKind.Null };

    /// <summary>See <see cref="AnswerMeta.Whole"/>.</summary>
    public static bool IsOfProgram(JsonElement parameters) =>
        Member(parameters, "_meta"u8) is { ValueKind: JsonValueKind.Object } meta
        && Member(meta, "mcp-runtime/whole"u8) is { ValueKind: JsonValueKind.True };

    /// <summary>The <c>uri</c> of the parameters; null where there is none.</summary>
    public static string? Uri(JsonElement parameters) => Text(parameters, "uri"u8);

    /// <summary>Name and arguments of a call, or what is wrong with them.</summary>
    internal static string? Read(JsonElement parameters, out string name, out JsonElement arguments)
    {
        name = Text(parameters, "name"u8) ?? "";
        arguments = NoArguments;
        if (Member(parameters, "name"u8) is not { ValueKind: JsonValueKind.String })
            return "tools/call needs the name of a tool in \"name\".";
        if (Member(parameters, "arguments"u8) is not { ValueKind: not JsonValueKind.Null } given)
            return null;
        if (given.ValueKind != JsonValueKind.Object)
            return "\"arguments\" must be an object.";
        if (JsonUnicode.HasHalfCharacter(given))
            return "\"arguments\" hold text that is not valid Unicode.";
        arguments = given;
        return null;
    }

    /// <summary>A member of an object; null where it is missing, or the value is not an object.</summary>
    public static JsonElement? Member(JsonElement parameters, ReadOnlySpan<byte> name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A member that is a string; null for any other, and for half of a surrogate pair.</summary>
    public static string? Text(JsonElement parameters, ReadOnlySpan<byte> name)
    {
        if (Member(parameters, name) is not { ValueKind: JsonValueKind.String } value)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
