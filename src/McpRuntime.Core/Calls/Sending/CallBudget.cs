using McpRuntime.Calls.Recording;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// The time of one call. Attempts, waits between them, waits for a limit and token fetches all spend it; nothing on the
/// way has its own time.
/// </summary>
internal sealed class CallBudget : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly CallRecord _record;
    private int _before;
    private readonly CancellationTokenSource? _timeout;
    private readonly CancellationTokenSource _ended;
    private readonly CancellationTokenRegistration _link;

    /// <param name="whole">The time of the whole call.</param>
    /// <param name="source">The setting or limit that gives the time, for messages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="record">Where attempts and waits are counted.</param>
    /// <param name="caller">Ends the call early.</param>
    public CallBudget(TimeSpan whole, string source, TimeProvider time, CallRecord record, CancellationToken caller)
    {
        Whole = whole;
        Source = source;
        _time = time;
        _started = time.GetTimestamp();
        _record = record;
        Caller = caller;
        if (time == TimeProvider.System)
        {
            _ended = BudgetSource.Take(whole, caller, out _link);
            return;
        }
        _timeout = new CancellationTokenSource(whole, time);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
    }

    public TimeSpan Whole { get; }

    /// <summary>The setting or limit that gives <see cref="Whole"/>.</summary>
    public string Source { get; }

    /// <summary>The waits for the pieces of an answer spend the time too; otherwise each of them has it.</summary>
    public bool CoversAnswer { get; init; }

    /// <summary>Cancelled when the caller cancels; the time does not cancel it.</summary>
    public CancellationToken Caller { get; }

    public TimeSpan Remaining => Whole - _time.GetElapsedTime(_started);

    /// <summary>Cancelled when the time is over and when the caller cancels.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>The time is over, and the caller did not cancel.</summary>
    public bool IsSpent => _ended.IsCancellationRequested && !Caller.IsCancellationRequested;

    /// <summary>How often the request was given to the wire, or to what limits the way there.</summary>
    public int Attempts
    {
        get => _record.Attempts - _before;
        set => _record.Attempts = value + _before;
    }

    /// <summary>Another request of the same call follows; it has attempts of its own.</summary>
    public void StartNext() => _before = _record.Attempts;

    /// <summary>Whether something is left after a wait.</summary>
    public bool Allows(TimeSpan wait) => wait < Remaining;

    public Task WaitAsync(TimeSpan wait, CallWaitReason reason)
    {
        _record.Waited += wait;
        _record.Observer?.Waiting(new CallWait(reason, wait));
        return Task.Delay(wait, _time, Token);
    }

    public void Dispose()
    {
        if (_timeout is null)
        {
            BudgetSource.GiveBack(_ended, _link);
            return;
        }
        _ended.Dispose();
        _timeout.Dispose();
    }
}
