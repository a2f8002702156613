using McpRuntime.Calls.Recording;

namespace McpRuntime.Http.Calls;

/// <summary>A call as it starts or ends, for the live view. Never its arguments or its answer.</summary>
/// <param name="Id">See <see cref="CallContext.CallId"/>.</param>
/// <param name="Time">When.</param>
/// <param name="Project">Null outside of projects.</param>
/// <param name="Connector">Name of the connector.</param>
/// <param name="Tool">Name on the wire.</param>
/// <param name="Caller">See <see cref="Access.Caller.Id"/>.</param>
/// <param name="Outcome">A word of <see cref="CallOutcome"/>; null while it runs.</param>
/// <param name="Status">The upstream's HTTP status, where there is one.</param>
/// <param name="Duration">Of an ended call.</param>
internal sealed record CallEvent(
    string Id,
    DateTimeOffset Time,
    string? Project,
    string Connector,
    string Tool,
    string Caller,
    string? Outcome,
    int? Status,
    TimeSpan Duration
)
{
    /// <summary>See <see cref="CallRecord.AccountKind"/>; null while it runs.</summary>
    public string? Account { get; init; }

    public static CallEvent Of(CallRecord call) =>
        new(
            call.Context.CallId,
            call.Time,
            call.Tool.Project,
            call.Tool.Connector,
            call.Tool.Name,
            call.Context.Caller,
            call.Outcome,
            call.Status,
            call.Duration
        )
        {
            Account = call.AccountKind,
        };
}

/// <summary>Tells listeners about calls. Listeners only queue: they run within the call.</summary>
internal sealed class CallFeed : ICallSink
{
    public event Action<CallEvent>? Happened;

    public void Publish(CallEvent happened) => Happened?.Invoke(happened);

    public void Started(CallRecord record) => Publish(record);

    public void Ended(CallRecord record) => Publish(record);

    // Without anyone who listens there is nothing to make.
    private void Publish(CallRecord record) => Happened?.Invoke(CallEvent.Of(record));
}
