using System.Diagnostics;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// A call that this server answers itself: of a built-in tool, or of a name that no tool has. It leaves the span and
/// the duration that any call leaves, but no audit record, since it reaches no API. Nothing is begun before its end: a
/// built-in tool may turn out to call a connector's, and that call leaves its own.
/// </summary>
internal sealed class LocalCall(string name, CallContext context)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <param name="outcome">A word of <see cref="CallOutcome"/>.</param>
    /// <param name="isTool">A tool has the name. One that a client made up is not the name of a series of metrics:
    /// anyone could make any number of them.</param>
    public void End(string outcome, bool isTool = true) =>
        CallTelemetry.AnsweredHere(name, isTool, context, outcome, Stopwatch.GetElapsedTime(_started));
}
