using System.Globalization;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.RateLimits;

/// <summary>
/// Bounds what one caller may ask for, and how often one address may fail to say who it is: guessing a token must cost
/// time. Probes of liveness are not counted.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RequestLimits limits, TimeProvider time)
{
    private const int FailuresPerMinute = 60;

    private readonly CallerLimiter _failures = new(FailuresPerMinute, time);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.User is Caller caller)
            return limits.TryTake(caller.Id, 1, out var wait) ? next(context) : RefuseAsync(context, wait);
        if (
            context.Request.Headers.Authorization.Count > 0
            && !_failures.TryTake(context.Connection.RemoteIpAddress?.ToString() ?? "", out var pause)
        )
            return RefuseAsync(context, pause);
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ProblemWriter.WriteAsync(
            context,
            new(
                429,
                "rate-limited",
                "Too many requests",
                $"Wait {seconds} s. MCP_RUNTIME_RATE_LIMIT_REQUESTS_PER_MINUTE sets the limit per caller."
            )
        );
    }
}
