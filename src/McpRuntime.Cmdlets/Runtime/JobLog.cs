using System.Buffers;
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

    // "12:34:56.789 warn  Category: message" of the stdio server, "2026-11-26T12:34:56.789Z warning Category: message" of the
    // gateway.
    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789:.-TZ");

    public void Add(string line)
    {
        var text = UntrustedText.ForTerminal(line);
        switch (Level(line))
        {
            case "error" or "critical" or "crit":
                Keep(job.Error, new ErrorRecord(new McpRuntimeException(text), "RuntimeLog", ErrorCategory.NotSpecified, null));
                break;
            case "warn" or "warning":
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

    private static string? Level(string line)
    {
        var time = line.AsSpan().IndexOfAnyExcept(TimeCharacters);
        if (time < "12:34:56.789".Length || line[time] != ' ')
            return null;
        var rest = line.AsSpan(time + 1);
        var end = rest.IndexOf(' ');
        return end < 0 ? null : rest[..end].ToString();
    }

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
