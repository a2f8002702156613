using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tracing;

/// <summary>
/// Tells how the transfer of an answer goes on: with a progress bar where it is long, and a verbose message at its end.
/// </summary>
internal sealed class TransferWatch : IDisposable
{
    private readonly McpCmdlet _cmdlet;
    private readonly IAnswer _answer;
    private readonly long _started = Stopwatch.GetTimestamp();

    private TransferWatch(McpCmdlet cmdlet, ProgressBar bar, IAnswer answer)
    {
        (_cmdlet, _answer) = (cmdlet, answer);
        cmdlet.WhileWaiting = task => bar.Watch(task, Report);
    }

    /// <summary>Watches a transfer; null where all of the answer is there.</summary>
    public static TransferWatch? Start(McpCmdlet cmdlet, ProgressBar bar, IAnswer answer) =>
        answer.IsComplete ? null : new TransferWatch(cmdlet, bar, answer);

    public void Dispose()
    {
        _cmdlet.WhileWaiting = null;
        if (!_cmdlet.IsVerbose)
            return;
        try
        {
            var what = _answer.IsComplete ? "Received" : "Gave up after";
            _cmdlet.WriteVerbose(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} {ByteCount.Exact(_answer.ReceivedBytes)} in "
                        + $"{Stopwatch.GetElapsedTime(_started).TotalMilliseconds:0} ms, call {_answer.CallId}"
                )
            );
        }
        catch (PipelineStoppedException)
        {
            // The pipeline has enough of it.
        }
    }

    private void Report(ProgressBar bar) =>
        bar.Report(
            $"Received {ByteCount.Of(_answer.ReceivedBytes, _answer.AnnouncedBytes)}",
            ByteCount.Percent(_answer.ReceivedBytes, _answer.AnnouncedBytes)
        );
}
