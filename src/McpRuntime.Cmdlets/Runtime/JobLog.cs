using System.Management.Automation;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>
/// Puts a server's log lines into the streams of its job, each by its level. Lines that nobody receives do not pile up:
/// each stream keeps the newest.
/// </summary>
internal sealed class JobLog(Job job)
{
    private const int MaxLines = 5000;

    // "12:34:56.789 warn  Category: message", as the runtime's servers write.
    private const int TimeLength = 13;

    public void Add(string line)
    {
        var text = UntrustedText.ForTerminal(line);
        switch (Level(line))
        {
            case "error":
                Keep(job.Error, new ErrorRecord(new McpRuntimeException(text), "RuntimeLog", ErrorCategory.NotSpecified, null));
                break;
            case "warn ":
                Keep(job.Warning, new WarningRecord(text));
                break;
            case "debug" or "trace":
                Keep(job.Debug, new DebugRecord(text));
                break;
            default:
                Keep(job.Information, new InformationRecord(text, "McpRuntime"));
                break;
        }
    }

    private static string? Level(string line) =>
        line.Length > TimeLength + 6 && line[2] == ':' && line[5] == ':' && line[8] == '.' && line[TimeLength + 5] == ' '
            ? line.Substring(TimeLength, 5)
            : null;

    private static void Keep<T>(PSDataCollection<T> stream, T record)
    {
        try
        {
            stream.Add(record);
            if (stream.Count > MaxLines)
                stream.RemoveAt(0);
        }
        catch (InvalidOperationException)
        {
            // The job has ended and its streams are closed.
        }
        catch (ArgumentOutOfRangeException)
        {
            // Somebody received the records just now.
        }
    }
}
