using System.Collections.Concurrent;
using System.Diagnostics;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>Callers that call a tool one time after the other, each waiting for its answer.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private int _succeeded;
    private long _slowest;

    /// <param name="client">A caller that is known.</param>
    /// <param name="callers">How many call at once.</param>
    public Load(HttpClient client, int callers)
    {
        _client = client;
        _running = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
    }

    public int Succeeded => Volatile.Read(ref _succeeded);

    public ConcurrentQueue<string> Failures { get; } = new();

    public TimeSpan Slowest => TimeSpan.FromTicks(Interlocked.Read(ref _slowest));

    /// <summary>Waits for so many more answers.</summary>
    public async Task MoreAsync(int count)
    {
        var goal = Succeeded + count;
        await Eventually.IsAsync(true, () => Task.FromResult(Succeeded >= goal || !Failures.IsEmpty));
    }

    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await _running.WaitAsync(ProcessRunner.HangGuard, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ending.Dispose();
    }

    private async Task CallAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                using var request = Call("get_item", """{"id":7}""");
                using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode && text.Contains("lamp", StringComparison.Ordinal))
                    Interlocked.Increment(ref _succeeded);
                else
                    Failures.Enqueue($"{(int)answer.StatusCode} {text}");
            }
            catch (HttpRequestException exception)
            {
                Failures.Enqueue(exception.Message);
            }
            var took = Stopwatch.GetElapsedTime(began).Ticks;
            if (took > Interlocked.Read(ref _slowest))
                Interlocked.Exchange(ref _slowest, took);
        }
    }
}
