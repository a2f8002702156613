using System.Buffers;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Processes;

/// <summary>Reads lines of logs: those of the module's own servers by their parts, others as a message.</summary>
internal static class LogLine
{
    // "12:34:56.789 warn  Category: message" of the stdio server, "2026-11-26T12:34:56.789Z warning Category [id]:
    // message" of the gateway.
    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789:.-TZ");

    /// <param name="line">The line.</param>
    /// <param name="server">Whose it is.</param>
    /// <param name="time">Now.</param>
    /// <param name="before">The line before, which goes on where this one does not begin with a time.</param>
    public static McpLogEntry Read(string line, string server, DateTimeOffset time, McpLogEntry? before)
    {
        var end = line.AsSpan().IndexOfAnyExcept(TimeCharacters);
        var rest = end < "12:34:56.789".Length || line[end] != ' ' ? null : line[(end + 1)..];
        var word = rest is null ? -1 : rest.IndexOf(' ', StringComparison.Ordinal);
        if (word <= 0 || LevelOf(rest![..word]) is not { } level)
            return new McpLogEntry(
                server,
                time,
                before?.Level ?? McpLogLevel.Information,
                before?.Category ?? "",
                UntrustedText.ForTerminal(line)
            );
        var text = rest[word..].TrimStart();
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var category = colon < 0 ? "" : UntrustedText.ForTerminal(text[..colon]);
        return new McpLogEntry(
            server,
            time,
            level,
            category,
            UntrustedText.ForTerminal(colon < 0 ? text : text[(colon + 2)..])
        );
    }

    private static McpLogLevel? LevelOf(string word) =>
        word switch
        {
            "trace" => McpLogLevel.Trace,
            "debug" => McpLogLevel.Debug,
            "info" => McpLogLevel.Information,
            "warn" or "warning" => McpLogLevel.Warning,
            "error" => McpLogLevel.Error,
            "critical" => McpLogLevel.Critical,
            _ => null,
        };
}
