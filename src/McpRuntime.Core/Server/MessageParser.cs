using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Reads one JSON-RPC message. Unlike the protocol library's own converter it tells a line that is not JSON from one
/// that is not a message, so that each gets the error that JSON-RPC 2.0 section 5.1 asks for.
/// </summary>
public static class MessageParser
{
    /// <summary>Nesting of <c>params</c> and <c>result</c>; a bound against stack exhaustion.</summary>
    public const int MaxDepth = 128;

    private const string Shape = "A message is one JSON object with \"jsonrpc\": \"2.0\"";

    private static readonly JsonReaderOptions WholeLine = new() { MaxDepth = 1024 };
    private static readonly JsonDocumentOptions Parts = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Returns the message or the fault; exactly one of them is set.</summary>
    public static (JsonRpcMessage? Message, MessageFault? Fault) Parse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
            return NotJson("The line is not UTF-8 text.");
        Envelope envelope;
        try
        {
            var reader = new Utf8JsonReader(line, WholeLine);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var batch = reader.TokenType == JsonTokenType.StartArray;
                while (reader.Read()) { }
                return Invalid(
                    batch
                        ? $"Batches are part of revision {ProtocolEra.OfBatches} alone, after initialize; send "
                            + $"one message."
                        : $"{Shape}.",
                    default
                );
            }
            envelope = Envelope.Read(ref reader);
        }
        catch (JsonException e)
        {
            return NotJson(
                $"The line is not JSON: it cannot be read at byte {e.BytePositionInLine}. Send one JSON object a line."
            );
        }

        if (envelope.Fault is { } fault)
            return Invalid(fault, envelope.Id);
        try
        {
            return envelope.Method is null ? Reply(envelope, line) : Call(envelope, line);
        }
        catch (JsonException e)
        {
            return Invalid($"The message's params or result cannot be used: {e.Message}", envelope.Id);
        }
        catch (InvalidOperationException)
        {
            // A member's name with an escape that is half of a surrogate pair, when names are compared.
            return Invalid("The message's params or result have a name that is not valid Unicode.", envelope.Id);
        }
    }

    private static (JsonRpcMessage?, MessageFault?) Call(in Envelope envelope, ReadOnlySpan<byte> line)
    {
        JsonElement parameters = default;
        if (envelope.Params is { } range)
        {
            parameters = JsonElement.Parse(line[range], Parts);
            if (parameters.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object))
                return Invalid("\"params\" must be an object.", envelope.Id);
        }
        var node = parameters.ValueKind == JsonValueKind.Object ? JsonObject.Create(parameters) : null;
        if (!envelope.HasId)
            return (new JsonRpcNotification { Method = envelope.Method!, Params = node }, null);
        var request = new JsonRpcRequest
        {
            Id = envelope.Id,
            Method = envelope.Method!,
            Params = node,
        };
        if (request.Method is RequestMethods.ToolsCall or RequestMethods.ToolsList)
            ToolRequest.Keep(request, parameters);
        return (request, null);
    }

    private static (JsonRpcMessage?, MessageFault?) Reply(in Envelope envelope, ReadOnlySpan<byte> line)
    {
        if (envelope is { HasId: true, Result: { } result })
            return (new JsonRpcResponse { Id = envelope.Id, Result = JsonNode.Parse(line[result], null, Parts) }, null);
        if (
            envelope.Error is { } range
            && JsonNode.Parse(line[range], null, Parts) is JsonObject error
            && error["code"] is JsonValue code
            && code.TryGetValue(out int number)
        )
        {
            var detail = new JsonRpcErrorDetail { Code = number, Message = error["message"]?.ToString() ?? "" };
            return (new JsonRpcError { Id = envelope.Id, Error = detail }, null);
        }
        return Invalid($"{Shape} and a \"method\", or an \"id\" with a \"result\" or an \"error\".", envelope.Id);
    }

    private static (JsonRpcMessage?, MessageFault?) NotJson(string message) =>
        (null, new MessageFault(McpErrorCode.ParseError, message));

    private static (JsonRpcMessage?, MessageFault?) Invalid(string message, RequestId id) =>
        (null, new MessageFault(McpErrorCode.InvalidRequest, message, id));

    /// <summary>The members of the top object; values as ranges of the line.</summary>
    private struct Envelope
    {
        private bool _isVersion2;

        public RequestId Id { get; private set; }

        public bool HasId { get; private set; }

        public string? Method { get; private set; }

        public Range? Params { get; private set; }

        public Range? Result { get; private set; }

        public Range? Error { get; private set; }

        public string? Fault { get; private set; }

        public static Envelope Read(ref Utf8JsonReader reader)
        {
            var envelope = new Envelope();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                envelope.ReadMember(ref reader);
            // A second value on the line is found here.
            reader.Read();
            if (!envelope._isVersion2)
                envelope.Fault ??= $"{Shape}.";
            return envelope;
        }

        private void ReadMember(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("jsonrpc"u8))
            {
                reader.Read();
                _isVersion2 = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("id"u8))
                ReadId(ref reader);
            else if (reader.ValueTextEquals("method"u8))
                ReadMethod(ref reader);
            else if (reader.ValueTextEquals("params"u8))
                Params = ReadRange(ref reader, Params);
            else if (reader.ValueTextEquals("result"u8))
                Result = ReadRange(ref reader, Result);
            else if (reader.ValueTextEquals("error"u8))
                Error = ReadRange(ref reader, Error);
            else
                reader.Skip();
        }

        private void ReadId(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (HasId)
                Fault ??= "\"id\" occurs twice in the message.";
            else if (reader.TokenType == JsonTokenType.String && TryGetText(ref reader, out var text))
                (Id, HasId) = (new RequestId(text), true);
            else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
                (Id, HasId) = (new RequestId(number), true);
            else
                Fault ??= "\"id\" must be a string or an integer of 64 bits; leave it out for a notification.";
            reader.Skip();
        }

        private void ReadMethod(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (Method is null && reader.TokenType == JsonTokenType.String && TryGetText(ref reader, out var text))
                Method = text;
            else
                Fault ??= "\"method\" must be one string.";
            reader.Skip();
        }

        private Range? ReadRange(ref Utf8JsonReader reader, Range? earlier)
        {
            if (earlier is not null)
                Fault ??= "\"params\", \"result\" and \"error\" may each occur once in the message.";
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return start..(int)reader.BytesConsumed;
        }

        // An escaped half of a surrogate pair is JSON, but no text.
        private static bool TryGetText(ref Utf8JsonReader reader, out string text)
        {
            try
            {
                text = reader.GetString()!;
                return true;
            }
            catch (InvalidOperationException)
            {
                text = "";
                return false;
            }
        }
    }
}
