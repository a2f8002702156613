using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// A progress bar for what takes longer than a second: none for quick work, and it is gone when the work has ended.
/// </summary>
/// <param name="cmdlet">Writes it.</param>
/// <param name="activity">What is done.</param>
internal sealed class ProgressBar(McpCmdlet cmdlet, string activity) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _started = Stopwatch.GetTimestamp();
    private volatile ProgressState _state = new("", null, null);
    private long _due = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
    private bool _isShown;

    // Two commands of one pipeline have a bar each.
    private int Id => RuntimeHelpers.GetHashCode(cmdlet) & int.MaxValue;

    /// <summary>What is going on now. From any thread.</summary>
    /// <param name="status">In words.</param>
    /// <param name="percent">How much is done; null where no one knows.</param>
    /// <param name="until">A timestamp of <see cref="Stopwatch"/> when it goes on; null where no one knows.</param>
    public void Report(string status, int? percent = null, long? until = null) =>
        _state = new ProgressState(status, percent, until);

    /// <summary>
    /// Runs work on other threads and waits for it; see
    /// <see cref="McpCmdlet.Await{T}(Func{Action{Action}, CancellationToken, Task{T}})"/>.
    /// </summary>
    public T Await<T>(Func<Action<Action>, CancellationToken, Task<T>> work) =>
        cmdlet.Await<T>((post, cancellationToken) => ShowWhileAsync(work, post, cancellationToken));

    /// <summary>
    /// As the other one, for work that keeps no thread busy; see
    /// <see cref="McpCmdlet.AwaitHere{T}(Func{CancellationToken, Task{T}})"/>.
    /// </summary>
    public T AwaitHere<T>(Func<Action<Action>, CancellationToken, Task<T>> work) =>
        cmdlet.AwaitHere<T>((post, cancellationToken) => ShowWhileAsync(work, post, cancellationToken));

    /// <inheritdoc cref="Await{T}(Func{Action{Action}, CancellationToken, Task{T}})"/>
    public T Await<T>(Func<CancellationToken, Task<T>> work) =>
        Await((_, cancellationToken) => work(cancellationToken));

    /// <summary>Waits on the pipeline's thread until a task has ended.</summary>
    /// <param name="task">The next piece of something long.</param>
    /// <param name="report">Says how far it is, by <see cref="Report"/>, where the bar is shown.</param>
    public void Watch(Task task, Action<ProgressBar> report)
    {
        do
        {
            if (Stopwatch.GetTimestamp() < _due)
                continue;
            report(this);
            Show();
        } while (!task.IsCompleted && !((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience));
    }

    public void Dispose()
    {
        if (!_isShown)
            return;
        _isShown = false;
        try
        {
            cmdlet.WriteProgress(
                new ProgressRecord(Id, activity, "Completed") { RecordType = ProgressRecordType.Completed }
            );
        }
        catch (PipelineStoppedException)
        {
            // PowerShell removes the bars of a pipeline that was stopped.
        }
    }

    private async Task<T> ShowWhileAsync<T>(
        Func<Action<Action>, CancellationToken, Task<T>> work,
        Action<Action> post,
        CancellationToken cancellationToken
    )
    {
        // While parameters are bound, nothing can be written.
        using var timer = cmdlet.IsBinding ? null : new Timer(_ => post(Show), null, Patience, Patience);
        return await work(post, cancellationToken).ConfigureAwait(false);
    }

    private void Show()
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _due)
            return;
        _due = now + (Stopwatch.Frequency / 2);
        _isShown = true;
        var (status, percent, until) = _state;
        var text = status.Length > 0 ? status : $"{Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s";
        cmdlet.WriteProgress(
            new ProgressRecord(Id, activity, UntrustedText.ForTerminal(text))
            {
                PercentComplete = percent ?? -1,
                SecondsRemaining = until is { } end
                    ? Math.Max(0, (int)Math.Ceiling(Stopwatch.GetElapsedTime(now, end).TotalSeconds))
                    : -1,
            }
        );
    }

    private sealed record ProgressState(string Status, int? Percent, long? Until);
}
