using System.Globalization;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;

namespace McpRuntime.Cmdlets.Tracing;

/// <summary>
/// Tells the user how documents are downloaded: a verbose message a request, and the status of the progress bar.
/// </summary>
/// <param name="cmdlet">Writes the messages.</param>
internal sealed class DownloadTrace(McpCmdlet cmdlet) : IDownloadObserver
{
    private Action<Action>? _post;
    private Action<string, int?>? _report;

    /// <summary>Waits for work that downloads.</summary>
    /// <param name="activity">What is done.</param>
    /// <param name="work">The work.</param>
    public T Await<T>(string activity, Func<CancellationToken, Task<T>> work)
    {
        using var bar = new ProgressBar(cmdlet, UntrustedText.ForTerminal(activity));
        _report = (status, percent) => bar.Report(status, percent);
        return bar.Await(
            (post, cancellationToken) =>
            {
                _post = post;
                return work(cancellationToken);
            }
        );
    }

    public void Receiving(string location, long bytes, long? announced) =>
        _report?.Invoke(
            $"Received {ByteCount.Of(bytes, announced)} of {location}",
            ByteCount.Percent(bytes, announced)
        );

    public void Answered(string location, int status, long bytes, TimeSpan duration)
    {
        _report?.Invoke($"Reading {location}", null);
        var line = UntrustedText.ForTerminal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"GET {location}: {status} after {duration.TotalMilliseconds:0} ms, {ByteCount.Exact(bytes)}"
            )
        );
        _post?.Invoke(() => cmdlet.WriteVerbose(line));
    }
}
