using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Sending;
using McpRuntime.Json;

namespace McpRuntime.Calls.LongOperations;

/// <summary>An answer, and the response that it was made of; null where none came.</summary>
internal sealed record PolledAnswer(ToolAnswer Answer, UpstreamResponse? Response);

/// <summary>Asks for the state of an operation until it has ended, or the caller's time has.</summary>
/// <param name="call">The call that began it.</param>
/// <param name="time">The clock.</param>
/// <param name="get">Asks for a URL of the tool's origin with the credentials of the call.</param>
internal sealed class OperationWait(UpstreamCall call, TimeProvider time, Func<string, Task<PolledAnswer>> get)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private CallPlan Plan => call.Plan;

    /// <summary>The answer at the end; the last one with a note where it is not reached.</summary>
    /// <param name="operation">What was accepted.</param>
    /// <param name="accepted">The answer that said so.</param>
    /// <param name="most">How long to wait.</param>
    public async Task<ToolAnswer> RunAsync(PendingOperation operation, PolledAnswer accepted, TimeSpan most)
    {
        var (started, last, step) = (time.GetTimestamp(), accepted, FirstWait);
        while (true)
        {
            var wait = last.Response?.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : step;
            step = TimeSpan.FromTicks(Math.Min(step.Ticks * 2, LongestWait.Ticks));
            if (time.GetElapsedTime(started) + wait > most || !call.Budget.Allows(wait))
                return OperationNote.StillRunning(last.Answer.IsError ? accepted.Answer : last.Answer, operation, Plan);
            await call.Budget.WaitAsync(wait, CallWaitReason.Operation);
            last = await get(operation.Url);
            if (last.Response is not { } response || MayPass(response.Status))
                continue;
            if (last.Answer.IsError)
                return last.Answer;
            if (response.Status == 202)
            {
                operation = PendingOperation.Of(Plan, response, operation.Url, readsBody: false) ?? operation;
                continue;
            }
            var state = OperationState.Of(last.Answer.Structured);
            if (state.Progress == OperationProgress.Running)
                continue;
            return state.Progress == OperationProgress.Failed
                ? OperationNote.Failed(last.Answer, state)
                : await ResultAsync(operation, last);
        }
    }

    // What the API may have got over when it is asked again.
    private static bool MayPass(int status) => status is 408 or 429 or 502 or 503 or 504;

    private async Task<ToolAnswer> ResultAsync(PendingOperation operation, PolledAnswer last)
    {
        if (!operation.HasState)
            return last.Answer;
        using var body = PageBody.Read(last.Answer.Structured);
        var elsewhere = body?.At("/resourceLocation") is { ValueKind: System.Text.Json.JsonValueKind.String } resource
            ? PendingOperation.At(Plan, resource.GetString(), operation.Url)
            : null;
        var result = elsewhere ?? operation.Final ?? (Plan.Method is "PUT" or "PATCH" ? call.Request.Url : null);
        return result is null || result == operation.Url ? last.Answer : (await get(result)).Answer;
    }
}
