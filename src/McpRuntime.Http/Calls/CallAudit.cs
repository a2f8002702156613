using System.Globalization;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Http.Audit;

namespace McpRuntime.Http.Calls;

/// <summary>Writes calls into the gateway's audit: each once, when it has ended or was refused.</summary>
internal sealed class CallAudit(AuditLog audit, TimeProvider time) : ICallSink
{
    private const string Action = "tool.call";

    public void Started(CallRecord record)
    {
        // The entry is written at the end.
    }

    public void Ended(CallRecord record)
    {
        var outcome = record.Status is { } code
            ? string.Create(CultureInfo.InvariantCulture, $"{record.Outcome} {code}")
            : record.Outcome!;
        audit.Add(
            Entry(record.Context, record.Tool, record.Time, outcome, record.Duration) with
            {
                CallId = record.Context.CallId,
                Detail = record.Account ?? "",
            }
        );
    }

    /// <summary>Notes a call of a tool that the caller may not call.</summary>
    public void Refuse(CallContext context, ToolLabel tool) =>
        audit.Add(
            Entry(context, tool, time.GetUtcNow(), CallOutcome.Refused, TimeSpan.Zero) with
            {
                Detail = "The caller's roles do not allow this tool.",
            }
        );

    private static AuditEntry Entry(
        CallContext context,
        ToolLabel tool,
        DateTimeOffset time,
        string outcome,
        TimeSpan duration
    ) =>
        new(
            time,
            context.Caller,
            Action,
            tool.Target,
            outcome,
            duration,
            context.CorrelationId ?? "",
            context.Address ?? ""
        )
        {
            Project = tool.Project,
        };
}
