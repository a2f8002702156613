using McpRuntime.Concurrency;
using Xunit;

namespace McpRuntime.Tests.Concurrency;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Results_are_in_the_order_of_the_items(int count)
    {
        using var workers = new WorkerPool<Counter>(() => new Counter());
        var results = workers.Map([.. Enumerable.Range(0, count)], static (worker, item) => worker.Next(item));
        Assert.Equal(Enumerable.Range(0, count), results.Select(result => result.Item));
    }

    [Fact]
    public void A_worker_is_used_by_one_thread_at_a_time_and_kept_for_the_next_list()
    {
        var made = 0;
        using var workers = new WorkerPool<Counter>(() =>
        {
            Interlocked.Increment(ref made);
            return new Counter();
        });
        var first = workers.Map([.. Enumerable.Range(0, 500)], static (worker, item) => worker.Next(item));
        var second = workers.Map([.. Enumerable.Range(0, 500)], static (worker, item) => worker.Next(item));
        Assert.InRange(made, 1, Environment.ProcessorCount);
        // Each worker has counted its own items without gaps, over both lists.
        var counts = first
            .Concat(second)
            .GroupBy(result => result.Worker)
            .Select(group => group.Select(result => result.Count).Order());
        Assert.All(counts, count => Assert.Equal(Enumerable.Range(1, count.Count()), count));
    }

    [Fact]
    public void What_the_work_throws_reaches_the_caller()
    {
        using var workers = new WorkerPool<Counter>(() => new Counter());
        var failure = Record.Exception(() =>
            workers.Map<int, int>([.. Enumerable.Range(0, 500)], static (_, item) =>
                item == 400 ? throw new FormatException() : item
            )
        );
        Assert.NotNull(failure);
        Assert.IsType<FormatException>(failure);
    }

    private sealed class Counter
    {
        private int _count;

        public (Counter Worker, int Item, int Count) Next(int item) => (this, item, ++_count);
    }
}
