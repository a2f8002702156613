using System.Text.Json;

namespace McpRuntime.Http.Audit;

/// <summary>An entry of the audit as JSON, the same in <c>/v1/audit</c> and its export.</summary>
internal static class AuditJson
{
    public static void Write(Utf8JsonWriter writer, long id, AuditEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, id);
        writer.WriteString("time"u8, entry.Time);
        writer.WriteString("caller"u8, entry.Caller);
        writer.WriteString("action"u8, entry.Action);
        writer.WriteString("target"u8, entry.Target);
        if (entry.Project is not null)
            writer.WriteString("project"u8, entry.Project);
        writer.WriteString("outcome"u8, entry.Outcome);
        if (entry.Detail.Length > 0)
            writer.WriteString("detail"u8, entry.Detail);
        if (entry.CallId.Length > 0)
            writer.WriteString("callId"u8, entry.CallId);
        writer.WriteNumber("durationMs"u8, (long)entry.Duration.TotalMilliseconds);
        writer.WriteString("correlationId"u8, entry.CorrelationId);
        writer.WriteString("address"u8, entry.Address);
        writer.WriteEndObject();
    }
}
