using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Diagnostics;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// What the headers of a message must say (MCP 2026-07-28, transports and versioning): intermediaries route by them, so
/// they must not say anything else than the body.
/// </summary>
internal static class HeaderRules
{
    private const string PerRequest = Server.ProtocolEra.PerRequest;

    // MetaKeys of the protocol library, as they are in the bytes of a message.
    private static ReadOnlySpan<byte> ProtocolVersionKey => "io.modelcontextprotocol/protocolVersion"u8;

    private static ReadOnlySpan<byte> ClientCapabilitiesKey => "io.modelcontextprotocol/clientCapabilities"u8;

    public static bool IsPerRequest(HttpRequest request) => request.Headers[McpHeaders.ProtocolVersion] == PerRequest;

    /// <summary>
    /// The revision that a header names is one that is spoken here; none at all is fine until 2025-11-25.
    /// </summary>
    public static McpFault? Revision(HttpRequest request)
    {
        var revision = request.Headers[McpHeaders.ProtocolVersion].ToString();
        if (revision.Length == 0 || Server.ProtocolEra.All.Contains(revision))
            return null;
        // Only what server/discover lists too: older revisions are agreed on by initialize, not by this header.
        return McpFault.Bad(
            McpErrorCode.UnsupportedProtocolVersion,
            $"The revision '{UntrustedText.Clean(revision)}' is not supported."
        ) with
        {
            Data = new JsonObject { ["supported"] = new JsonArray(PerRequest), ["requested"] = revision },
        };
    }

    /// <summary>Checks a message against its headers.</summary>
    public static McpFault? Message(HttpRequest request, JsonRpcMessage message)
    {
        var (method, parameters) = message switch
        {
            JsonRpcRequest call => (call.Method, ToolRequest.Parameters(call)),
            JsonRpcNotification notification => (notification.Method, ToolRequest.Parameters(notification)),
            _ => (null, default),
        };
        if (method is null)
            return null;
        var revision = request.Headers[McpHeaders.ProtocolVersion].ToString();
        if (
            method == RequestMethods.Initialize
            && revision.Length > 0
            && ToolRequest.Text(parameters, "protocolVersion"u8) is { } asked
            && asked != revision
        )
            return Mismatch(
                $"{McpHeaders.ProtocolVersion} is '{revision}', but params.protocolVersion is "
                    + $"'{UntrustedText.Clean(asked)}'."
            );
        var meta = ToolRequest.Member(parameters, "_meta"u8) ?? default;
        var declared = ToolRequest.Text(meta, ProtocolVersionKey);
        if (revision != PerRequest && declared != PerRequest)
            return null;
        if (revision.Length == 0)
            return Mismatch($"The header {McpHeaders.ProtocolVersion} is missing; the body declares '{PerRequest}'.");
        if (declared is not null && declared != revision)
            return Mismatch(
                $"{McpHeaders.ProtocolVersion} is '{revision}', but _meta declares '{UntrustedText.Clean(declared)}'."
            );
        return Standard(request, method, parameters)
            ?? (message is JsonRpcRequest ? Metadata(method, meta, declared) : null);
    }

    private static McpFault? Standard(HttpRequest request, string method, JsonElement parameters)
    {
        if (!request.Headers.TryGetValue(McpHeaders.Method, out var named))
            return Mismatch($"The header {McpHeaders.Method} is missing.");
        if (named.ToString().Trim() != method)
            return Mismatch(
                $"{McpHeaders.Method} is '{UntrustedText.Clean(named)}', but the body's method is "
                    + $"'{UntrustedText.Clean(method)}'."
            );
        var member = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name"u8,
            RequestMethods.ResourcesRead => "uri"u8,
            _ => default,
        };
        if (member.IsEmpty)
            return null;
        if (!request.Headers.TryGetValue(McpHeaders.Name, out var header))
            return Mismatch($"The header {McpHeaders.Name} is missing.");
        return HeaderValue.Decode(header.ToString()) is { } name && name == ToolRequest.Text(parameters, member)
            ? null
            : Mismatch($"{McpHeaders.Name} is not the body's '{Encoding.UTF8.GetString(member)}'.");
    }

    private static McpFault? Metadata(string method, JsonElement meta, string? declared)
    {
        if (declared is null)
            return McpFault.Bad(
                McpErrorCode.InvalidParams,
                $"A request of revision {PerRequest} needs '_meta/{MetaKeys.ProtocolVersion}'."
            );
        if (ToolRequest.Member(meta, ClientCapabilitiesKey) is not { ValueKind: JsonValueKind.Object })
            return McpFault.Bad(
                McpErrorCode.InvalidParams,
                $"A request of revision {PerRequest} needs '_meta/{MetaKeys.ClientCapabilities}', an object."
            );
#pragma warning disable MCP9005 // Named only to refuse it: the method is gone in this revision.
        return
            method
                is RequestMethods.Initialize
                    or RequestMethods.Ping
                    or RequestMethods.LoggingSetLevel
                    or RequestMethods.ResourcesSubscribe
                    or RequestMethods.ResourcesUnsubscribe
            ? new McpFault(404, McpErrorCode.MethodNotFound, $"'{method}' is not a method of revision {PerRequest}.")
            : null;
#pragma warning restore MCP9005
    }

    /// <summary>
    /// Headers that a tool's schema asks for by <c>x-mcp-header</c> say what the arguments say (SEP-2243).
    /// </summary>
    public static McpFault? Parameters(HttpRequest request, JsonElement schema, JsonNode? arguments)
    {
        if (
            schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object
        )
            return null;
        var given = arguments as JsonObject;
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
                continue;
            var value = given?[property.Name];
            if (Parameters(request, property.Value, value) is { } nested)
                return nested;
            if (
                property.Value.TryGetProperty("x-mcp-header", out var name)
                && name.ValueKind == JsonValueKind.String
                && Parameter(request, McpHeaders.ParameterPrefix + name.GetString(), property.Name, value) is { } fault
            )
                return fault;
        }
        return null;
    }

    private static McpFault? Parameter(HttpRequest request, string header, string property, JsonNode? value)
    {
        if (!request.Headers.TryGetValue(header, out var sent))
            return value is null
                ? null
                : Mismatch($"The header {header} is missing; it carries the argument '{property}'.");
        if (HeaderValue.Decode(sent.ToString()) is not { } actual)
            return Mismatch($"{header} is not a valid header value.");
        return value is null || HeaderValue.Says(actual, value)
            ? null
            : Mismatch($"{header} is not the argument '{property}'.");
    }

    private static McpFault Mismatch(string message) => McpFault.Bad(McpErrorCode.HeaderMismatch, message);
}
