using System.Diagnostics;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// Hands the trace of a call to the API (W3C Trace Context): <c>traceparent</c> and, where there is one,
/// <c>tracestate</c>. Baggage stays here, as it may hold anything.
/// </summary>
internal static class TraceContext
{
    public static void Add(HttpRequestMessage message, Activity span)
    {
        // A tool whose API asks for the fields as parameters has said what it wants in them.
        if (
            span is not { IdFormat: ActivityIdFormat.W3C, Id: { } id }
            || message.Headers.NonValidated.Contains("traceparent")
        )
            return;
        message.Headers.TryAddWithoutValidation("traceparent", id);
        if (span.TraceStateString is { Length: > 0 } state)
            message.Headers.TryAddWithoutValidation("tracestate", state);
    }
}
