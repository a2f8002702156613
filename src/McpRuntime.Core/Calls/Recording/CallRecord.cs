using System.Diagnostics;
using McpRuntime.Calls.Plan;
using McpRuntime.Credentials;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// What one call leaves behind in log, audit, traces and metrics: never a secret and never an argument's value.
/// </summary>
public sealed class CallRecord
{
    internal CallRecord(CallPlan plan, CallContext context, long started, DateTimeOffset time)
    {
        Plan = plan;
        Context = context;
        Started = Since = started;
        Time = time;
    }

    /// <summary>Who called.</summary>
    public CallContext Context { get; }

    /// <summary>What was called.</summary>
    public ToolLabel Tool => Plan.Label;

    /// <summary>When the call started; from its end on, when it ended.</summary>
    public DateTimeOffset Time { get; internal set; }

    /// <summary>A word of <see cref="CallOutcome"/>; null while the call runs.</summary>
    public string? Outcome { get; internal set; }

    /// <summary>The API's HTTP status; null where no answer came.</summary>
    public int? Status { get; internal set; }

    /// <summary>From arguments to answer; zero while the call runs.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>
    /// Whose sign-in, or which profile, was used, never its secrets; null where the credential belongs to no one.
    /// </summary>
    public string? Account { get; private set; }

    /// <summary>
    /// As <see cref="Account"/> without the name of a person, e.g. <c>sign-in of the caller</c>, for log and live view.
    /// </summary>
    public string? AccountKind { get; private set; }

    /// <summary>Requests that were sent, those after redirects not counted.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Time spent waiting for a limit, or for the next attempt.</summary>
    public TimeSpan Waited { get; internal set; }

    /// <summary>Bytes of the answer's body, decompressed and up to its bound.</summary>
    public long Bytes { get; internal set; }

    internal void Use(CallCredentials credentials) =>
        (Account, AccountKind) = (credentials.Account, credentials.AccountKind);

    internal CallPlan Plan { get; }

    internal string Id => Context.CallId;

    /// <summary>Timestamp of its clock.</summary>
    internal long Started { get; }

    /// <summary>When the last request was answered, or the call began; a timestamp of its clock.</summary>
    internal long Since { get; set; }

    /// <summary>Null where no one listens.</summary>
    internal Activity? Activity { get; init; }

    /// <summary>Null where no one wants to know.</summary>
    internal ICallObserver? Observer { get; init; }
}
