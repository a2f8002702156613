namespace McpRuntime.Connectors.Registry;

/// <summary>
/// Runs a few blocking jobs on their own threads. The thread pool has few threads at start, and the
/// server's first answer must not wait for one.
/// </summary>
internal static class ParallelReads
{
    /// <summary>Returns when every job has run.</summary>
    /// <param name="count">How many jobs there are.</param>
    /// <param name="job">Gets the number of the job, from 0.</param>
    /// <param name="takeLong">Asked after each job, until it says that the others are worth a thread: one that has
    /// little to do is only in the way of the rest of a start.</param>
    public static void Run(int count, Action<int> job, Func<bool> takeLong)
    {
        var next = -1;
        Thread[]? helpers = null;
        Work(startsHelpers: true);
        foreach (var helper in helpers ?? [])
            helper.Join();

        void Work(bool startsHelpers)
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                job(i);
                if (startsHelpers && helpers is null && takeLong())
                    helpers = Start(Math.Min(Environment.ProcessorCount - 1, count - i - 1));
            }
        }

        Thread[] Start(int threads)
        {
            var started = new Thread[Math.Max(0, threads)];
            for (var i = 0; i < started.Length; i++)
            {
                started[i] = new Thread(() => Work(startsHelpers: false)) { IsBackground = true, Name = "Manifests" };
                started[i].Start();
            }
            return started;
        }
    }
}
