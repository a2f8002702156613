using System.Runtime.CompilerServices;
using McpRuntime.Calls.Recording;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Repeats what may be repeated, with growing and scattered waits, or after the time that the API asks for (RFC 9110
/// section 10.2.3). Where the call's time does not allow the wait, the last answer is the answer.
/// </summary>
internal sealed class RepeatingUpstream(IUpstream inner) : IUpstream
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        UpstreamResponse? last = null;
        while (true)
        {
            call.Budget.Attempts++;
            var backoff = Backoff(call.Budget.Attempts);
            var wait = backoff;
            try
            {
                last = await inner.SendAsync(call, cancellationToken);
                wait = TimeSpan.FromSeconds(Math.Max(backoff.TotalSeconds, last.RetryAfterSeconds ?? 0));
                if (!MayRepeat(call, wait) || !Repeatable.Is(call.Plan, last))
                    return last;
            }
            catch (CallException refused) when (refused.RetryAfterSeconds is not null && last is not null)
            {
                return last;
            }
            catch (Exception failure)
                when (!cancellationToken.IsCancellationRequested
                    && MayRepeat(call, backoff)
                    && Repeatable.Is(call.Plan, failure)
                )
            {
                // The wait follows.
            }
            await call.Budget.WaitAsync(wait, CallWaitReason.Retry);
        }
    }

    private static bool MayRepeat(UpstreamCall call, TimeSpan wait) =>
        call.Budget.Attempts < call.Plan.Limits.MaxAttempts && call.Budget.Allows(wait);

    // Half of it by chance: calls that failed together would otherwise come again together.
    private static TimeSpan Backoff(int attempts)
    {
        var most = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, attempts - 1), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
