using System.Text.Json;
using McpRuntime.Http.Calls;

namespace McpRuntime.Http.LiveView;

/// <summary>A call as viewers get it.</summary>
internal static class LiveJson
{
    /// <summary>Writes members of an object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, CallEvent call)
    {
        writer.WriteString("id"u8, call.Id);
        writer.WriteString("time"u8, call.Time);
        if (call.Project is not null)
            writer.WriteString("project"u8, call.Project);
        writer.WriteString("connector"u8, call.Connector);
        writer.WriteString("tool"u8, call.Tool);
        writer.WriteString("caller"u8, call.Caller);
        if (call.Outcome is null)
            return;
        writer.WriteString("outcome"u8, call.Outcome);
        if (call.Status is { } status)
            writer.WriteNumber("status"u8, status);
        if (call.Account is not null)
            writer.WriteString("account"u8, call.Account);
        writer.WriteNumber("durationMs"u8, Math.Round(call.Duration.TotalMilliseconds, 1));
    }
}
