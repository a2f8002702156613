using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Calls.Recording;

/// <summary>Writes down that a call was made and how it went.</summary>
internal sealed class CallRecorder(ILogger logger, AuditFile? audit, TimeProvider time) : IDisposable
{
    // Asked of the system once; a process has one.
    private static readonly string ProcessUser = Environment.UserName;

    public CallRecord Start(CallPlan plan, string? caller) =>
        new(plan, caller ?? ProcessUser, time.GetTimestamp()) { Activity = CallTelemetry.Start(plan) };

    /// <param name="record">The call.</param>
    /// <param name="arguments">Only a fingerprint of them is kept.</param>
    /// <param name="answer">Null for a call that its caller cancelled.</param>
    public void End(CallRecord record, JsonElement arguments, ToolAnswer? answer)
    {
        var duration = time.GetElapsedTime(record.Started);
        var outcome = answer switch { null => "cancelled", { IsError: true } => "failed", _ => "succeeded" };
        CallTelemetry.Ended(record, outcome, answer?.Status, duration);
        audit?.Add(AuditLine.Write(record, arguments, outcome, answer?.Status, time.GetUtcNow(), duration));
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        logger.LogInformation(
            "Call {Id}: {Connector} {Tool} {Outcome} status {Status} in {Milliseconds:F0} ms, attempts {Attempts}",
            record.Id, record.Plan.Connector.Name, record.Plan.Tool.Name, outcome, answer?.Status, duration.TotalMilliseconds, record.Attempts);
    }

    public void Dispose() => audit?.Dispose();
}
