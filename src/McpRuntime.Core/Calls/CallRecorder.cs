using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Calls;

/// <summary>
/// The one place where a call is written down: span and instruments, audit file, log, and what a front end adds.
/// </summary>
internal sealed class CallRecorder(ILogger logger, AuditFile? audit, IReadOnlyList<ICallSink> sinks, TimeProvider time)
    : IDisposable
{
    public CallRecord Start(CallPlan plan, CallContext context, ICallObserver? observer = null)
    {
        var record = new CallRecord(plan, context, time.GetTimestamp(), time.GetUtcNow())
        {
            Activity = CallTelemetry.Started(plan, context),
            Observer = observer ?? context.Observer,
        };
        foreach (var sink in sinks)
            sink.Started(record);
        return record;
    }

    /// <param name="record">The call.</param>
    /// <param name="arguments">Only a fingerprint of them is kept.</param>
    /// <param name="answer">What it brought.</param>
    public void End(CallRecord record, JsonElement arguments, ToolAnswer answer) =>
        End(record, arguments, answer.IsError ? CallOutcome.Error : CallOutcome.Ok, answer.Status);

    /// <summary>The end of a call that brought no answer, or of an answer that was read while it arrived.</summary>
    /// <param name="record">The call.</param>
    /// <param name="arguments">Only a fingerprint of them is kept.</param>
    /// <param name="failure">Null where it was read to its end; a cancellation where its caller gave it up.</param>
    /// <param name="status">The API's status.</param>
    public void End(CallRecord record, JsonElement arguments, Exception? failure, int? status) =>
        End(
            record,
            arguments,
            failure switch
            {
                null => CallOutcome.Ok,
                OperationCanceledException => CallOutcome.Cancelled,
                _ => CallOutcome.Error,
            },
            status
        );

    private void End(CallRecord record, JsonElement arguments, string outcome, int? status)
    {
        record.Outcome = outcome;
        record.Status = status;
        record.Duration = time.GetElapsedTime(record.Started);
        record.Time = time.GetUtcNow();
        CallTelemetry.Ended(record);
        audit?.Add(AuditLine.Write(record, arguments));
        foreach (var sink in sinks)
            sink.Ended(record);
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        logger.LogInformation(
            "Call {Id}: {Tool} {Outcome} status {Status} in {Milliseconds:F0} ms, attempts {Attempts}{Account}",
            record.Id,
            record.Tool.Target,
            outcome,
            status,
            record.Duration.TotalMilliseconds,
            record.Attempts,
            record.AccountKind is { } account ? $", with {account}" : ""
        );
    }

    public void Dispose() => audit?.Dispose();
}
