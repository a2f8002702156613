using System.Globalization;
using System.Threading.Channels;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Logging;

/// <summary>
/// Writes one line an entry to a writer, from one thread, so that a slow terminal never holds up a call: when the
/// queue is full, lines are dropped and their number is written.
/// </summary>
internal sealed class GatewayLoggerProvider : ILoggerProvider, IAsyncDisposable
{
    private const int QueueLength = 4096;

    private readonly Channel<LogEntry> _queue = Channel.CreateBounded<LogEntry>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    private readonly LogBuffer _buffer;
    private readonly LogLevel _least;
    private readonly bool _traces;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly Task _writing;
    private int _dropped;

    /// <param name="buffer">Gets every line that is written.</param>
    /// <param name="least">Lower levels are not written.</param>
    /// <param name="traces">Exceptions with their stack traces.</param>
    /// <param name="output">Where lines go; not disposed.</param>
    /// <param name="time">The clock of the entries.</param>
    public GatewayLoggerProvider(LogBuffer buffer, LogLevel least, bool traces, TextWriter output, TimeProvider time)
    {
        _buffer = buffer;
        _least = least;
        _traces = traces;
        _output = output;
        _time = time;
        _writing = WriteAsync();
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        if (exception is not null)
            message += _traces ? $" {exception}" : $" {exception.GetType().Name}: {exception.Message}";
        var entry = new LogEntry(
            _time.GetUtcNow(),
            level,
            category,
            UntrustedText.Clean(message),
            CorrelationId.Current
        );
        _buffer.Add(entry);
        if (!_queue.Writer.TryWrite(entry))
            Interlocked.Increment(ref _dropped);
    }

    private async Task WriteAsync()
    {
        await foreach (var entry in _queue.Reader.ReadAllAsync())
        {
            if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
                await _output.WriteLineAsync($"Dropped {CountText.Of(dropped, "log line")}.");
            var time = entry.Time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            var id = entry.CorrelationId is null ? "" : $" [{entry.CorrelationId}]";
            await _output.WriteLineAsync($"{time} {Word(entry.Level)} {entry.Category}{id}: {entry.Message}");
            if (_queue.Reader.Count == 0)
                await _output.FlushAsync();
        }
    }

    private static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            _ => "critical",
        };

    private sealed class Logger(GatewayLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // The framework and the protocol's library report each request at information, which the audit does better.
        private readonly LogLevel _least =
            provider._least > LogLevel.Debug
            && (
                category.StartsWith("Microsoft.", StringComparison.Ordinal)
                || category.StartsWith("System.", StringComparison.Ordinal)
                || category.StartsWith("ModelContextProtocol.", StringComparison.Ordinal)
            )
            && provider._least < LogLevel.Warning
                ? LogLevel.Warning
                : provider._least;

        // The host makes an activity a request for this category as soon as it is logged at any level.
        // Routing would write paths, of which some open something: /connect/TICKET.
        private readonly bool _isSilent =
            category == "Microsoft.AspNetCore.Hosting.Diagnostics"
            || category.StartsWith("Microsoft.AspNetCore.Routing.", StringComparison.Ordinal);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None && !_isSilent;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                provider.Write(category, logLevel, formatter(state, exception), exception);
        }
    }
}
