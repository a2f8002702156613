using System.Globalization;
using System.Text;
using McpRuntime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Stdio.Serving;

/// <summary>
/// A log on standard error without the logging library, which would cost more of the start than all else here. Text of
/// others is escaped, and a client that does not read its server's standard error holds nothing up.
/// </summary>
public sealed class StderrLog : ILoggerFactory
{
    private readonly LogLevel _level;
    private readonly bool _detailed;
    private readonly TimeProvider _time;
    private readonly BackgroundLines _lines;

    /// <param name="level">The least level that is written.</param>
    /// <param name="detailed">Exceptions are written with their traces.</param>
    /// <param name="stream">Standard error; not disposed.</param>
    /// <param name="time">The clock of the lines.</param>
    public StderrLog(LogLevel level, bool detailed, Stream stream, TimeProvider? time = null)
    {
        _level = level;
        _detailed = detailed;
        _time = time ?? TimeProvider.System;
        _lines = new BackgroundLines(stream);
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName, LevelOf(categoryName));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("This log has one place to write to.");

    /// <summary>Writes what is left, for a second at most.</summary>
    public void Dispose() => _lines.Dispose();

    // The protocol library reports every request at information, and at trace writes whole messages, which hold
    // arguments and answers: the one is noise to an operator, the other must not be in a log.
    private LogLevel LevelOf(string category)
    {
        if (!category.StartsWith("ModelContextProtocol", StringComparison.Ordinal))
            return _level;
        return _level switch
        {
            LogLevel.Trace or LogLevel.Debug => LogLevel.Debug,
            LogLevel.Information => LogLevel.Warning,
            var higher => higher,
        };
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var name = category[(category.LastIndexOf('.') + 1)..];
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{_time.GetLocalNow():HH:mm:ss.fff} {WordOf(level)} {name}: {message}"
        );
        if (exception is not null && _detailed)
            text.Append('\n').Append(exception);
        else if (exception is not null)
            text.Append(CultureInfo.InvariantCulture, $" ({exception.GetType().Name}: {exception.Message})");
        _lines.Add(UntrustedText.ForTerminal(text.ToString(), keepLines: true));
    }

    private static string WordOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info ",
            LogLevel.Warning => "warn ",
            _ => "error",
        };

    private sealed class Category(StderrLog log, string name, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            // The library calls a request that its client cancelled a failure, and a subscription always ends that way.
            if (exception is OperationCanceledException && !log._detailed)
                return;
            if (IsEnabled(logLevel))
                log.Write(logLevel, name, formatter(state, exception), exception);
        }
    }
}
