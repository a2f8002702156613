using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// A list or a call that is answered without the protocol library, whose dispatch costs more than the work itself. What
/// the library would refuse, or do otherwise, is none.
/// </summary>
internal readonly record struct DirectRequest(
    RequestId Id,
    bool IsList,
    string Name,
    JsonElement Arguments,
    RequestOrigin Origin
)
{
    private const string Reserved = "io.modelcontextprotocol/";

    /// <summary>The request where the library would find nothing to refuse; null for any other.</summary>
    /// <param name="request">The message.</param>
    /// <param name="origin">Where it comes from; its revision is known.</param>
    public static DirectRequest? Of(JsonRpcRequest request, in RequestOrigin origin)
    {
        var isList = request.Method == RequestMethods.ToolsList;
        if (!isList && request.Method != RequestMethods.ToolsCall)
            return null;
        var parameters = ToolRequest.Parameters(request);
        var (name, arguments) = ("", default(JsonElement));
        if (
            isList
                ? ToolRequest.HasCursor(parameters)
                : ToolRequest.Read(parameters, out name, out arguments) is not null
        )
            return null;
        return IsPlain(parameters, origin.Revision) && (isList || !CallProgress.IsAskedFor(parameters))
            ? new DirectRequest(
                request.Id,
                isList,
                name,
                arguments,
                origin with
                {
                    Trace = ToolRequest.Trace(parameters),
                    IsProgram = ToolRequest.IsOfProgram(parameters),
                    OpensPages = ProtocolEra.IsPerRequest(origin.Revision)
                        ? PageElicitation.IsDeclared(parameters)
                        : origin.OpensPages,
                    Reply = PageElicitation.ReplyIn(parameters),
                }
            )
            : null;
    }

    /// <summary>
    /// The metadata is what the library would accept, and asks for nothing that only the library does.
    /// </summary>
    private static bool IsPlain(JsonElement parameters, string? revision)
    {
        var meta =
            parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("_meta"u8, out var given)
                ? given
                : default;
        if (!ProtocolEra.IsPerRequest(revision))
        {
            return meta.ValueKind == JsonValueKind.Undefined
                || (
                    meta.ValueKind == JsonValueKind.Object
                    && !meta.EnumerateObject().Any(member => member.Name.StartsWith(Reserved, StringComparison.Ordinal))
                );
        }
        return meta.ValueKind == JsonValueKind.Object
            && !meta.TryGetProperty(MetaKeys.LogLevel, out _)
            && meta.TryGetProperty(MetaKeys.ClientCapabilities, out var capabilities)
            && Reads<ClientCapabilities>(capabilities)
            && (!meta.TryGetProperty(MetaKeys.ClientInfo, out var info) || Reads<Implementation>(info));
    }

    private static bool Reads<T>(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return false;
        if (typeof(T) == typeof(ClientCapabilities) && value.GetPropertyCount() == 0)
            return true;
        try
        {
            return value.Deserialize<T>(McpJsonUtilities.DefaultOptions) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
