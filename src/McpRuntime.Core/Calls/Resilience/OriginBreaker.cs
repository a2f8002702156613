using System.Collections.Concurrent;
using System.Globalization;
using McpRuntime.Calls.Recording;
using McpRuntime.Network;
using Polly;
using Polly.CircuitBreaker;

namespace McpRuntime.Calls.Resilience;

/// <summary>
/// Leaves an origin alone for a while when most of its answers are failures: a server that is down gets room to come
/// back, and callers an answer at once instead of after their whole time. Then one call tries it again.
/// </summary>
internal sealed class OriginBreaker(IUpstream inner, TimeProvider time) : IUpstream
{
    public const int MinimumCalls = 20;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Origin, ResiliencePipeline<UpstreamResponse>> _breakers = new();
    private readonly ConcurrentDictionary<Origin, BreakerState> _states = new();

    /// <summary>Raised within the call that changed it; listeners only queue.</summary>
    public event Action<Origin, BreakerState>? StateChanged;

    public BreakerState StateOf(Origin origin) => _states.GetValueOrDefault(origin);

    public async Task<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var breaker = _breakers.GetOrAdd(call.Plan.Origin, static (origin, self) => self.Create(origin), this);
        try
        {
            return await breaker.ExecuteAsync(static (state, token) => TimedAsync(state.inner, state.call, token), (inner, call), cancellationToken);
        }
        catch (BrokenCircuitException open)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling((open.RetryAfter ?? Pause).TotalSeconds));
            throw new CallException(string.Create(CultureInfo.InvariantCulture, $"Most of the last calls to {call.Plan.Origin} failed, so it is left alone for a while; this call was not sent.")) { RetryAfterSeconds = seconds };
        }
    }

    // Only here can a call that the API kept waiting be told from one that its caller gave up.
    private static async ValueTask<UpstreamResponse> TimedAsync(IUpstream inner, UpstreamCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.SendAsync(call, cancellationToken);
        }
        catch (OperationCanceledException) when (call.Budget.IsSpent)
        {
            throw new OverdueException();
        }
    }

    private static bool IsFailure(Outcome<UpstreamResponse> outcome) => outcome.Exception switch
    {
        null => outcome.Result!.Status is 502 or 503 or 504,
        OverdueException or IOException => true,
        HttpRequestException failure => !AddressRefusedException.IsIn(failure),
        _ => false,
    };

    private ResiliencePipeline<UpstreamResponse> Create(Origin origin) =>
        new ResiliencePipelineBuilder<UpstreamResponse> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<UpstreamResponse>
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinimumCalls,
                SamplingDuration = Sampling,
                BreakDuration = Pause,
                OnOpened = _ => Changed(origin, BreakerState.Open),
                OnHalfOpened = _ => Changed(origin, BreakerState.HalfOpen),
                OnClosed = _ => Changed(origin, BreakerState.Closed),
                ShouldHandle = static arguments => ValueTask.FromResult(IsFailure(arguments.Outcome)),
            })
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
