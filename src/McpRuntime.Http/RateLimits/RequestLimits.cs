using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.RateLimits;

/// <summary>
/// The limit of requests by caller, over all replicas, for anyone who knows that one request stands for several.
/// </summary>
internal sealed class RequestLimits(GatewaySettings settings, RateShares shares, TimeProvider time)
{
    private readonly CallerLimiter _callers = new(settings.RequestsPerMinute, time);

    /// <summary>Takes requests of a caller; false with the time to wait when there are not enough left.</summary>
    public bool TryTake(string caller, int count, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (settings.RequestsPerMinute == 0)
            return true;
        for (var i = 0; i < count; i++)
        {
            if (!_callers.TryTake(caller, shares.Ask(caller), out wait))
                return false;
        }
        return true;
    }
}
