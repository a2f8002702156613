using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Calls;

/// <summary>Writes down that a call was made and how it went.</summary>
internal sealed class CallRecorder(ILogger logger, AuditFile? audit, TimeProvider time) : IDisposable
{
    private const string Succeeded = "succeeded";
    private const string Failed = "failed";
    private const string Cancelled = "cancelled";

    // Asked of the system once; a process has one.
    private static readonly string ProcessUser = Environment.UserName;

    public CallRecord Start(CallPlan plan, string? caller, ICallObserver? observer = null) =>
        new(plan, caller ?? ProcessUser, time.GetTimestamp()) { Activity = CallTelemetry.Start(plan), Observer = observer };

    /// <param name="record">The call.</param>
    /// <param name="arguments">Only a fingerprint of them is kept.</param>
    /// <param name="answer">Null for a call that its caller cancelled.</param>
    public void End(CallRecord record, JsonElement arguments, ToolAnswer? answer) =>
        End(record, arguments, answer switch { null => Cancelled, { IsError: true } => Failed, _ => Succeeded }, answer?.Status);

    /// <summary>The end of an answer that was read while it arrived.</summary>
    /// <param name="record">The call.</param>
    /// <param name="arguments">Only a fingerprint of them is kept.</param>
    /// <param name="status">The API's status.</param>
    /// <param name="failure">Null where it was read to its end; a cancellation where its reader gave it up.</param>
    public void End(CallRecord record, JsonElement arguments, int status, Exception? failure) =>
        End(record, arguments, failure switch { null => Succeeded, OperationCanceledException => Cancelled, _ => Failed }, status);

    private void End(CallRecord record, JsonElement arguments, string outcome, int? status)
    {
        var duration = time.GetElapsedTime(record.Started);
        CallTelemetry.Ended(record, outcome, status, duration);
        audit?.Add(AuditLine.Write(record, arguments, outcome, status, time.GetUtcNow(), duration));
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        logger.LogInformation(
            "Call {Id}: {Connector} {Tool} {Outcome} status {Status} in {Milliseconds:F0} ms, attempts {Attempts}",
            record.Id, record.Plan.Connector.Name, record.Plan.Tool.Name, outcome, status, duration.TotalMilliseconds, record.Attempts);
    }

    public void Dispose() => audit?.Dispose();
}
