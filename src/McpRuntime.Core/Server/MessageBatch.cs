using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>A JSON-RPC batch (JSON-RPC 2.0 section 6), which receivers of revision 2025-03-26 must take.</summary>
/// <param name="Messages">In their order; of requests, each id once.</param>
/// <param name="Faults">One for each element that is not a message of a batch.</param>
public sealed record MessageBatch(IReadOnlyList<JsonRpcMessage> Messages, IReadOnlyList<MessageFault> Faults)
{
    /// <summary>Messages of one batch; a bound on what one request can set off.</summary>
    public const int MaxMessages = 100;

    private static readonly JsonReaderOptions Whole = new() { MaxDepth = 1024 };

    /// <summary>True where the text can only be an array.</summary>
    public static bool Is(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    /// <summary>Reads the elements; a fault alone where there is nothing to read.</summary>
    /// <param name="text">An array.</param>
    public static (MessageBatch? Batch, MessageFault? Fault) Parse(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            return (null, new MessageFault(McpErrorCode.ParseError, "The text is not UTF-8."));
        var elements = new List<Range>();
        try
        {
            var reader = new Utf8JsonReader(text, Whole);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(start..(int)reader.BytesConsumed);
            }
            // A second value is found here.
            reader.Read();
        }
        catch (JsonException e)
        {
            return (
                null,
                new MessageFault(
                    McpErrorCode.ParseError,
                    $"The batch is not JSON: it cannot be read at byte {e.BytePositionInLine}."
                )
            );
        }
        if (elements.Count is 0 or > MaxMessages)
            return (null, new MessageFault(McpErrorCode.InvalidRequest, $"A batch holds 1 to {MaxMessages} messages."));
        var (messages, faults, ids) = (
            new List<JsonRpcMessage>(elements.Count),
            new List<MessageFault>(),
            new HashSet<RequestId>()
        );
        foreach (var element in elements)
        {
            var (message, fault) = MessageParser.Parse(text[element]);
            fault ??= Refuse(message!, ids);
            if (fault is null)
                messages.Add(message!);
            else
                faults.Add(fault);
        }
        return (new MessageBatch(messages, faults), null);
    }

    private static MessageFault? Refuse(JsonRpcMessage message, HashSet<RequestId> ids)
    {
        if (message is not JsonRpcRequest request)
            return null;
        if (request.Method == RequestMethods.Initialize)
            return new MessageFault(McpErrorCode.InvalidRequest, "initialize must not be part of a batch.", request.Id);
        return ids.Add(request.Id)
            ? null
            : new MessageFault(McpErrorCode.InvalidRequest, "Another request of the batch has this id.", request.Id);
    }
}
