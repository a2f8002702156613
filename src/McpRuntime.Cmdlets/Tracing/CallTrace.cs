using System.Diagnostics;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tracing;

/// <summary>
/// Tells the user what a call does: a verbose message a request, a debug message for what went out and one for what
/// came back, and the status of the progress bar.
/// </summary>
/// <param name="cmdlet">Writes the messages.</param>
/// <param name="bar">Is shown where the call takes long.</param>
internal sealed class CallTrace(McpCmdlet cmdlet, ProgressBar bar) : ICallObserver
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly bool _isVerbose = cmdlet.IsVerbose;
    private readonly bool _isDebug = cmdlet.IsDebug;
    private Action<Action>? _post;
    private string _last = "";
    private (SentRequest Request, ReceivedResponse Response)? _open;

    public bool WantsContent => _isDebug;

    /// <summary>
    /// Where messages are written from now on; see
    /// <see cref="McpCmdlet.Await{T}(Func{Action{Action}, CancellationToken, Task{T}})"/>.
    /// </summary>
    public void Begin(Action<Action> post) => _post = post;

    public void Sending(SentRequest request)
    {
        var attempt = request.Attempt > 1 ? $", attempt {request.Attempt} of {request.MaxAttempts}" : "";
        var sent = request.BodyBytes is > 1_000_000 and { } bytes ? $", {ByteCount.Short(bytes)} to send" : "";
        bar.Report($"{request.Method} {request.Url}{attempt}{sent}");
        if (_isDebug)
            Write(cmdlet.WriteDebug, CallText.Request(request));
    }

    public void Answered(SentRequest request, ReceivedResponse response)
    {
        _last = response.Status is { } status ? $"{status} {response.ReasonPhrase}. " : "No answer. ";
        if (response.IsComplete)
            Tell(request, response);
        else
            _open = (request, response);
    }

    /// <summary>
    /// The call has an answer; what still arrives of it is counted as far as it has come in a moment.
    /// </summary>
    public void End(StreamedAnswer answer)
    {
        if (_open is not var (request, response) || !(_isVerbose || _isDebug))
            return;
        cmdlet.Await(cancellationToken => answer.SettleAsync(Moment, cancellationToken).AsTask());
        // On the pipeline's thread.
        _post = null;
        Tell(request, response with { Bytes = answer.ReceivedBytes, IsComplete = answer.IsComplete });
    }

    /// <summary>All of an answer has arrived. On the pipeline's thread.</summary>
    public void Arrived()
    {
        _post = null;
        if (_open is not var (request, response))
            return;
        _open = null;
        if (_isVerbose || _isDebug)
            Tell(request, response with { IsComplete = true });
    }

    public void Waiting(CallWait wait) =>
        bar.Report(
            (wait.Reason == CallWaitReason.Retry ? _last : "") + CallText.Wait(wait),
            until: wait.Duration is { } duration
                ? Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency)
                : null
        );

    private void Tell(SentRequest request, ReceivedResponse response)
    {
        if (_isVerbose)
            Write(cmdlet.WriteVerbose, CallText.Line(request, response));
        if (_isDebug)
            Write(cmdlet.WriteDebug, CallText.Response(response));
    }

    private void Write(Action<string> write, string text)
    {
        if (_post is { } post)
            post(() => write(text));
        else
            write(text);
    }
}
