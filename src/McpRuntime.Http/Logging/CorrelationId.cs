using System.Buffers;
using System.Diagnostics;

namespace McpRuntime.Http.Logging;

/// <summary>
/// One id a request, in every response, log line and audit entry: the caller's own where it is short and plain, else
/// the trace id.
/// </summary>
internal static class CorrelationId
{
    public const string Header = "X-Correlation-ID";

    private const int Longest = 64;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    );

    private static readonly AsyncLocal<string?> OfThisFlow = new();

    /// <summary>Of the request that the running code serves; null outside of requests.</summary>
    public static string? Current => OfThisFlow.Value;

    public static string Of(HttpContext context) => context.TraceIdentifier;

    /// <summary>Sets the id of a request, once, before anything else reads it.</summary>
    public static string Assign(HttpContext context)
    {
        var asked = context.Request.Headers[Header].ToString();
        var id =
            asked.Length is > 0 and <= Longest && !asked.AsSpan().ContainsAnyExcept(Plain)
                ? asked
                : (Activity.Current?.TraceId ?? TraceId(context) ?? ActivityTraceId.CreateRandom()).ToHexString();
        context.TraceIdentifier = id;
        OfThisFlow.Value = id;
        return id;
    }

    // Without anyone who collects traces there is no activity; the client's trace still has its id (W3C Trace Context).
    private static ActivityTraceId? TraceId(HttpContext context) =>
        context.Request.Headers.TraceParent.ToString() is { Length: > 0 } parent
        && ActivityContext.TryParse(parent, traceState: null, out var trace)
            ? trace.TraceId
            : null;
}
