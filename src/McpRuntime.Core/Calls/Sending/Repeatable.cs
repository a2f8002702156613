using System.Net.Sockets;
using McpRuntime.Calls.Plan;
using McpRuntime.Network;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// What may be sent once more: anything, where no connection carried it; otherwise only what the method promises to be
/// harmless (RFC 9110 section 9.2.2), or what the manifest says is.
/// </summary>
internal static class Repeatable
{
    /// <summary>The API could not answer now, and may later.</summary>
    public static bool Is(CallPlan plan, UpstreamResponse response) =>
        response.Status is 408 or 429 or 502 or 503 or 504 && IsHarmless(plan);

    public static bool Is(CallPlan plan, Exception failure)
    {
        if (AddressRefusedException.IsIn(failure))
            return false;
        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => true,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError,
                InnerException: SocketException { SocketErrorCode: SocketError.TryAgain }
            } => true,
            // The handler's own bound on connecting; the call's time comes with the call's token.
            OperationCanceledException { InnerException: TimeoutException } => true,
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => IsHarmless(plan),
            HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException } =>
                IsHarmless(plan),
            IOException => IsHarmless(plan),
            _ => false,
        };
    }

    private static bool IsHarmless(CallPlan plan) =>
        plan.Method is "GET" or "HEAD" or "OPTIONS" or "QUERY" or "PUT" or "DELETE" || plan.Limits.RetryUnsafe;
}
