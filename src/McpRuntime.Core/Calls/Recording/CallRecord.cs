using System.Diagnostics;
using McpRuntime.Calls.Plan;

namespace McpRuntime.Calls.Recording;

/// <summary>What one call leaves behind in log, audit, traces and metrics: never a secret and never an argument's value.</summary>
/// <param name="plan">The tool.</param>
/// <param name="caller">Who called.</param>
/// <param name="started">Timestamp of its clock.</param>
internal sealed class CallRecord(CallPlan plan, string caller, long started)
{
    public CallPlan Plan { get; } = plan;

    public string Caller { get; } = caller;

    public long Started { get; } = started;

    /// <summary>Goes to the API as <c>X-Request-Id</c> and into errors, so that both sides' logs can be put together.</summary>
    public string Id { get; } = Random.Shared.GetHexString(12, lowercase: true);

    /// <summary>Null where nobody listens.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Null where nobody wants to know.</summary>
    public ICallObserver? Observer { get; init; }

    public int Attempts { get; set; }

    /// <summary>Time spent waiting for a limit, or to try again.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>When the last request was answered, or the call began; a timestamp of its clock.</summary>
    public long Since { get; set; } = started;

    /// <summary>Bytes of the answer's body, decompressed and up to its bound.</summary>
    public long Bytes { get; set; }
}
