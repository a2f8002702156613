using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Tests.Server;

/// <summary>Keeps what was logged.</summary>
internal sealed class ListLogger : ILoggerFactory
{
    private volatile TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<(LogLevel Level, string Category, string Text)> Entries { get; } = new();

    /// <summary>Completes with the next entry; ask before looking at <see cref="Entries"/>.</summary>
    public Task NextAsync(CancellationToken cancellationToken) => _added.Task.WaitAsync(cancellationToken);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public ILogger<T> CreateLogger<T>() => new Logger<T>(this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() { }

    private sealed class Category(ListLogger log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            log.Entries.Enqueue((logLevel, name, formatter(state, exception)));
            Interlocked
                .Exchange(ref log._added, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
                .SetResult();
        }
    }
}
