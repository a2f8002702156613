using System.Buffers;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// Events as one notification of PostgreSQL carries them:
/// <c>{"from": "ID", "dropped": 0, "events": [{…}]}</c>.
/// </summary>
internal static class LivePayload
{
    // A payload has less than 8000 bytes (PostgreSQL, NOTIFY).
    private const int MostBytes = 7_900;

    private static ReadOnlySpan<byte> End => "]}"u8;

    /// <summary>Fills payloads, as many as may be, and says how many events are too long for any.</summary>
    /// <param name="from">This replica's id.</param>
    /// <param name="dropped">How many events were lost before; told in the first.</param>
    /// <param name="next">Takes the next event; null where there is none.</param>
    /// <param name="most">Of payloads.</param>
    public static (IReadOnlyList<string> Payloads, long Events, long TooLong) Fill(
        string from,
        long dropped,
        Func<LiveEvent?> next,
        int most
    )
    {
        var payloads = new List<string>();
        long events = 0,
            tooLong = 0;
        var buffer = new ArrayBufferWriter<byte>(MostBytes);
        Begin(buffer, from, dropped);
        var room = MostBytes - buffer.WrittenCount - End.Length;
        var isEmpty = true;
        while (payloads.Count < most - 1 && next() is { } happened)
        {
            if (happened.Json.Length > room)
            {
                tooLong++;
                continue;
            }
            if (buffer.WrittenCount + 1 + happened.Json.Length + End.Length > MostBytes)
            {
                Close();
                Begin(buffer, from, 0);
                isEmpty = true;
            }
            if (!isEmpty)
                buffer.Write(","u8);
            buffer.Write(happened.Json);
            isEmpty = false;
            events++;
        }
        if (!isEmpty || (dropped > 0 && payloads.Count == 0))
            Close();
        return (payloads, events, tooLong);

        void Close()
        {
            buffer.Write(End);
            payloads.Add(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
    }

    /// <summary>Null for what is something else.</summary>
    public static (string From, long Dropped, IReadOnlyList<LiveEvent> Events)? Read(string payload)
    {
        try
        {
            var sent = JsonElement.Parse(payload);
            return (
                sent.GetProperty("from").GetString() ?? "",
                sent.GetProperty("dropped").GetInt64(),
                [.. sent.GetProperty("events").EnumerateArray().Select(LiveEvent.Read)]
            );
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static void Begin(ArrayBufferWriter<byte> buffer, string from, long dropped)
    {
        buffer.Clear();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("from"u8, from);
        writer.WriteNumber("dropped"u8, dropped);
        writer.WriteStartArray("events"u8);
    }
}
