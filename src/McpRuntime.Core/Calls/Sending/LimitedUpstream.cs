using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Diagnostics;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Holds the calls of a connector to its <c>requests_per_minute</c> and <c>max_concurrency</c>. A wait that the call's
/// time does not allow is not begun.
/// </summary>
internal sealed class LimitedUpstream(IUpstream inner, TimeProvider time, Func<string, double>? share = null)
    : IUpstream,
        IDisposable
{
    private readonly ConcurrentDictionary<LimitKey, SharedLimit> _minutes = new();
    private readonly ConcurrentDictionary<LimitKey, ConcurrencyLimiter> _places = new();

    public ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var limits = call.Plan.Limits;
        return limits.RequestsPerMinute is null && limits.MaxConcurrency is null
            ? inner.SendAsync(call, cancellationToken)
            : SendLimitedAsync(call, limits, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var places in _places.Values)
            places.Dispose();
    }

    private async ValueTask<UpstreamResponse> SendLimitedAsync(
        UpstreamCall call,
        PlannedLimits limits,
        CancellationToken cancellationToken
    )
    {
        var place = limits.MaxConcurrency is { } places ? await PlaceAsync(call, places, cancellationToken) : null;
        try
        {
            if (limits.RequestsPerMinute is { } minute)
                await TurnAsync(call, minute);
            var response = await inner.SendAsync(call, cancellationToken);
            // An answer that still arrives is a call that still runs.
            if (place is not null && response.Open is { } body)
            {
                var held = place;
                place = null;
                body.WhenEnded(_ => held.Dispose());
            }
            return response;
        }
        finally
        {
            place?.Dispose();
        }
    }

    private async Task TurnAsync(UpstreamCall call, LimitKey key)
    {
        var limit = _minutes.GetOrAdd(key, static (key, time) => new SharedLimit(key, time), time);
        if (!limit.Minute.TryReserve(share?.Invoke(limit.Name) ?? 1, call.Budget.Remaining, out var wait))
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            throw new CallException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No more than {CountText.Of(key.Value, "request")} a minute may go to {call.Plan.Origin} "
                        + $"(limits.requests_per_minute of {key}), and the next may go later than this call's "
                        + $"time allows. {Unsent(call)}"
                )
            )
            {
                RetryAfterSeconds = seconds,
            };
        }
        if (wait > TimeSpan.Zero)
            await call.Budget.WaitAsync(wait, CallWaitReason.RequestsPerMinute);
    }

    private async Task<RateLimitLease> PlaceAsync(UpstreamCall call, LimitKey key, CancellationToken cancellationToken)
    {
        var places = _places.GetOrAdd(key, static key => new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = key.Value,
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        ));
        var free = places.AttemptAcquire();
        if (free.IsAcquired)
            return free;
        call.Record.Observer?.Waiting(new CallWait(CallWaitReason.Concurrency, null));
        try
        {
            return await places.AcquireAsync(1, cancellationToken);
        }
        catch (OperationCanceledException) when (call.Budget.IsSpent)
        {
            throw new CallException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key.Value} calls at a time may go to {call.Plan.Origin} (limits.max_concurrency of "
                        + $"{key}), and others took them for the whole time of this call, "
                        + $"{call.Budget.Whole.TotalSeconds:0.###} s. {Unsent(call)}"
                )
            );
        }
    }

    private static string Unsent(UpstreamCall call) =>
        call.Budget.Attempts > 1 ? "It was not repeated." : "Nothing was sent.";

    private sealed class SharedLimit(LimitKey key, TimeProvider time)
    {
        public MinuteLimit Minute { get; } = new(key.Value, time);

        /// <summary>The same in every process that has the connector.</summary>
        public string Name { get; } =
            string.Create(CultureInfo.InvariantCulture, $"limit:{key.Connector} {key.Tool} {key.Value}");
    }
}
