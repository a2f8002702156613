namespace McpRuntime.Http.Calls;

/// <summary>A call as it starts or ends, for metrics and the live view. Never its arguments or its answer.</summary>
/// <param name="Id">Correlation id of its request, and a number that makes it unique.</param>
/// <param name="Time">When.</param>
/// <param name="Project">Null outside of projects.</param>
/// <param name="Connector">Name of the connector.</param>
/// <param name="Tool">Name on the wire.</param>
/// <param name="Caller">See <see cref="Access.Caller.Id"/>.</param>
/// <param name="Outcome">Null while it runs.</param>
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
    TimeSpan Duration);

/// <summary>Tells listeners about calls. Listeners only queue: they run within the call.</summary>
internal sealed class CallFeed
{
    public event Action<CallEvent>? Happened;

    public bool HasListeners => Happened is not null;

    public void Publish(CallEvent happened) => Happened?.Invoke(happened);
}
