using System.Runtime.ExceptionServices;

namespace McpRuntime.Concurrency;

/// <summary>
/// Does the same work for each item of a list, with a few workers that each keep what they learn from one item to the
/// next. Results are in the order of the items, whichever worker made them. An import is the one place that is run
/// cold, waits for nothing and has thousands of items: with a second processor it ends after two thirds of the time.
/// </summary>
/// <param name="create">Makes a worker; they share nothing that changes.</param>
internal sealed class WorkerPool<TWorker>(Func<TWorker> create) : IDisposable
    where TWorker : class
{
    // More workers would learn the same once more each, and a document has no work for them.
    private const int MostWorkers = 4;
    private const int ItemsAtOnce = 16;

    private readonly TWorker?[] _workers = new TWorker?[Math.Clamp(Environment.ProcessorCount, 1, MostWorkers)];

    /// <summary>What the work makes of each item.</summary>
    internal TOut[] Map<TIn, TOut>(IReadOnlyList<TIn> items, Func<TWorker, TIn, TOut> work)
    {
        var results = new TOut[items.Count];
        var next = 0;
        var others = new Task[Math.Clamp(items.Count / (2 * ItemsAtOnce), 1, _workers.Length) - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var number = i + 1;
            others[i] = Task.Run(() => Work(number));
        }
        try
        {
            Work(0);
        }
        finally
        {
            Wait(others);
        }
        return results;

        void Work(int number)
        {
            for (var first = Take(); first < results.Length; first = Take())
            {
                var worker = _workers[number] ??= create();
                for (var i = first; i < Math.Min(first + ItemsAtOnce, results.Length); i++)
                    results[i] = work(worker, items[i]);
            }
        }

        int Take() => Interlocked.Add(ref next, ItemsAtOnce) - ItemsAtOnce;
    }

    // One that no thread has taken yet runs here, and ends at once.
    private static void Wait(Task[] others)
    {
        try
        {
            Task.WaitAll(others);
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
            (worker as IDisposable)?.Dispose();
    }
}
