using System.Text.Json;

namespace McpRuntime.Http.Logging;

/// <summary>A line of the log in JSON, the same in <c>/v1/runtime/log</c> and in the live view.</summary>
internal static class LogJson
{
    public static void Write(Utf8JsonWriter writer, LogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("time"u8, entry.Time);
        writer.WriteString("level"u8, entry.Level.ToString().ToLowerInvariant());
        writer.WriteString("category"u8, entry.Category);
        writer.WriteString("message"u8, entry.Message);
        if (entry.CorrelationId is not null)
            writer.WriteString("correlationId"u8, entry.CorrelationId);
        writer.WriteEndObject();
    }
}
