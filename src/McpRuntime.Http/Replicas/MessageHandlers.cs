using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace McpRuntime.Http.Replicas;

/// <summary>Who wants to know of which topic. Handlers of one topic run one after the other.</summary>
internal sealed class MessageHandlers(ILogger logger)
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    public IDisposable Add(string topic, Func<string, CancellationToken, Task> handler)
    {
        var known = _topics.GetOrAdd(topic, static _ => new Topic());
        ImmutableInterlocked.Update(ref known.Handlers, static (all, one) => all.Add(one), handler);
        return new Registration(known, handler);
    }

    /// <summary>Runs the handlers of one topic; what fails is logged.</summary>
    public async Task RunAsync(string topic, string key, CancellationToken cancellationToken)
    {
        if (!_topics.TryGetValue(topic, out var known))
            return;
        await known.Turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var handler in known.Handlers)
            {
                try
                {
                    await handler(key, cancellationToken);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    logger.LogWarning(
                        exception,
                        "A message about {Topic} could not be followed; tried again within a minute.",
                        topic
                    );
                }
            }
        }
        finally
        {
            known.Turn.Release();
        }
    }

    /// <summary>Runs the handlers of all topics.</summary>
    public Task RunAllAsync(string key, CancellationToken cancellationToken) =>
        Task.WhenAll(_topics.Keys.Select(topic => RunAsync(topic, key, cancellationToken)));

    private sealed class Topic
    {
        public ImmutableArray<Func<string, CancellationToken, Task>> Handlers = [];

        // Without a wait handle there is nothing to dispose.
        public SemaphoreSlim Turn { get; } = new(1, 1);
    }

    private sealed class Registration(Topic topic, Func<string, CancellationToken, Task> handler) : IDisposable
    {
        public void Dispose() =>
            ImmutableInterlocked.Update(ref topic.Handlers, static (all, one) => all.Remove(one), handler);
    }
}
