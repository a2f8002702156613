using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using McpRuntime.Calls.Recording;
using McpRuntime.Network;
using Polly;
using Polly.CircuitBreaker;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Leaves an origin alone for a while when most of its answers are failures: a server that is down gets room to come
/// back, and callers an answer at once instead of after their whole time. Then one call tries it again.
/// </summary>
/// <remarks>
/// It also bounds how many calls are upstream at a time over all connectors: waiting for a turn spends the call's own
/// budget, and says nothing about the origin. An answer that is streamed gives its turn back when it begins: its reader
/// may make further calls before it reads on.
/// </remarks>
internal sealed class OriginBreaker : IUpstream, IDisposable
{
    public const int MinimumCalls = 20;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    private readonly IUpstream _inner;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Origin, ResiliencePipeline<UpstreamResponse>> _breakers = new();
    private readonly ConcurrentDictionary<Origin, BreakerState> _states = new();
    private readonly SemaphoreSlim _turns;
    private readonly Func<ResilienceContext, UpstreamCall, ValueTask<Outcome<UpstreamResponse>>> _attempt;

    /// <param name="inner">Sends.</param>
    /// <param name="maxConcurrency">Calls at a time.</param>
    /// <param name="time">The clock.</param>
    public OriginBreaker(IUpstream inner, int maxConcurrency, TimeProvider time)
    {
        _inner = inner;
        _turns = new SemaphoreSlim(maxConcurrency);
        _time = time;
        _attempt = AttemptAsync;
    }

    /// <summary>Raised within the call that changed it; listeners only queue.</summary>
    public event Action<Origin, BreakerState>? StateChanged;

    public BreakerState StateOf(Origin origin) => _states.GetValueOrDefault(origin);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var breaker = _breakers.GetOrAdd(call.Plan.Origin, static (origin, self) => self.Create(origin), this);
        await _turns.WaitAsync(cancellationToken);
        Outcome<UpstreamResponse> outcome;
        try
        {
            var context = ResilienceContextPool.Shared.Get(cancellationToken);
            outcome = await breaker.ExecuteOutcomeAsync(_attempt, context, call);
            ResilienceContextPool.Shared.Return(context);
        }
        finally
        {
            _turns.Release();
        }
        if (outcome.Exception is BrokenCircuitException open)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling((open.RetryAfter ?? Pause).TotalSeconds));
            throw new CallException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Circuit breaker open for {call.Plan.Origin} after repeated failures. The request was not sent."
                )
            )
            {
                RetryAfterSeconds = seconds,
            };
        }
        outcome.ThrowIfException();
        var response = outcome.Result!;
        response.Open?.WhenEnded(failure => CountBroken(breaker, failure));
        return response;
    }

    public void Dispose() => _turns.Dispose();

    // An answer that breaks while it arrives is a failure too, although its beginning was counted as a success.
    private static void CountBroken(ResiliencePipeline<UpstreamResponse> breaker, Exception? failure)
    {
        if (failure is not AnswerException { Fault: AnswerFault.Incomplete or AnswerFault.Timeout })
            return;
        var context = ResilienceContextPool.Shared.Get();
        // It completes at once: nothing is sent.
        _ = breaker
            .ExecuteOutcomeAsync(
                static (_, failure) => ValueTask.FromResult(Outcome.FromException<UpstreamResponse>(failure)),
                context,
                failure
            )
            .AsTask();
    }

    private static bool IsFailure(Outcome<UpstreamResponse> outcome) =>
        outcome.Exception switch
        {
            null => outcome.Result!.Status is 502 or 503 or 504,
            OverdueException or IOException or AnswerException => true,
            HttpRequestException failure => !AddressRefusedException.IsIn(failure),
            _ => false,
        };

    // What is thrown becomes an outcome here: the breaker would otherwise wrap every call once more to do so.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<UpstreamResponse>> AttemptAsync(ResilienceContext context, UpstreamCall call)
    {
        try
        {
            return Outcome.FromResult(await _inner.SendAsync(call, context.CancellationToken));
        }
        // Only here can a call that the API kept waiting be told from one that its caller gave up.
        catch (OperationCanceledException) when (call.Budget.IsSpent)
        {
            return Outcome.FromException<UpstreamResponse>(new OverdueException());
        }
        catch (Exception failure)
        {
            return Outcome.FromException<UpstreamResponse>(failure);
        }
    }

    private ResiliencePipeline<UpstreamResponse> Create(Origin origin) =>
        new ResiliencePipelineBuilder<UpstreamResponse> { TimeProvider = _time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<UpstreamResponse>
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = MinimumCalls,
                    SamplingDuration = Sampling,
                    BreakDuration = Pause,
                    OnOpened = _ => Changed(origin, BreakerState.Open),
                    OnHalfOpened = _ => Changed(origin, BreakerState.HalfOpen),
                    OnClosed = _ => Changed(origin, BreakerState.Closed),
                    ShouldHandle = static arguments => ValueTask.FromResult(IsFailure(arguments.Outcome)),
                }
            )
            .Build();

    private ValueTask Changed(Origin origin, BreakerState state)
    {
        _states[origin] = state;
        CallTelemetry.BreakerChanged(origin, state.Word());
        StateChanged?.Invoke(origin, state);
        return ValueTask.CompletedTask;
    }

    private sealed class OverdueException : OperationCanceledException;
}
