using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Writes one JSON-RPC message as one line, by hand: no serializer metadata is built on the way to the first answer.
/// </summary>
public static class MessageWriter
{
    /// <summary>
    /// How all JSON of the server is written; no part of it is ever HTML, so only what JSON demands is escaped.
    /// </summary>
    public static readonly JsonWriterOptions Options = RelaxedJson.Options;

    /// <summary>Appends the message and the end of its line.</summary>
    public static void Write(JsonRpcMessage message, PooledBuffer output)
    {
        if (TryGetRaw(message, out var raw))
        {
            WriteHead(((JsonRpcResponse)message).Id, output);
            output.Append(raw.Line);
            return;
        }
        WriteParts(message, output);
        output.Append("\n"u8);
    }

    /// <summary>
    /// True for an answer whose result is finished; <see cref="WriteHead"/> and its line are the message.
    /// </summary>
    internal static bool TryGetRaw(JsonRpcMessage message, [NotNullWhen(true)] out RawResult? raw)
    {
        raw = null;
        return message is JsonRpcResponse { Result: JsonValue value } && value.TryGetValue(out raw);
    }

    /// <summary>Appends all of an answer that comes before its result.</summary>
    internal static void WriteHead(RequestId id, PooledBuffer output)
    {
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            WriteId(writer, id);
        }
        output.Append(",\"result\":"u8);
    }

    private static void WriteParts(JsonRpcMessage message, PooledBuffer output)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        switch (message)
        {
            case JsonRpcResponse response:
                WriteId(writer, response.Id);
                WriteNode(writer, "result"u8, response.Result);
                break;
            case JsonRpcError error:
                WriteId(writer, error.Id);
                WriteError(writer, error.Error);
                break;
            case JsonRpcRequest request:
                WriteId(writer, request.Id);
                WriteCall(writer, request.Method, request.Params);
                break;
            case JsonRpcNotification notification:
                WriteCall(writer, notification.Method, notification.Params);
                break;
            default:
                throw new ArgumentException(
                    $"A message of type {message.GetType().Name} cannot be written.",
                    nameof(message)
                );
        }
        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, RequestId id)
    {
        switch (id.Id)
        {
            case string text:
                writer.WriteString("id"u8, text);
                break;
            case long number:
                writer.WriteNumber("id"u8, number);
                break;
            default:
                writer.WriteNull("id"u8);
                break;
        }
    }

    private static void WriteCall(Utf8JsonWriter writer, string method, JsonNode? parameters)
    {
        writer.WriteString("method"u8, method);
        if (parameters is not null)
            WriteNode(writer, "params"u8, parameters);
    }

    private static void WriteError(Utf8JsonWriter writer, JsonRpcErrorDetail error)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        if (error.Data is { } data)
        {
            writer.WritePropertyName("data"u8);
            if (data is JsonNode node)
                node.WriteTo(writer);
            else
                JsonSerializer.Serialize(writer, data, McpJsonUtilities.DefaultOptions.GetTypeInfo(data.GetType()));
        }
        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonNode? node)
    {
        writer.WritePropertyName(name);
        if (node is null)
            writer.WriteNullValue();
        else
            node.WriteTo(writer);
    }
}
