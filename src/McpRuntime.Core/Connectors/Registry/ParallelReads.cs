namespace McpRuntime.Connectors.Registry;

/// <summary>
/// Runs a few blocking jobs on their own threads. The thread pool has few threads at start, and the
/// server's first answer must not wait for one.
/// </summary>
internal static class ParallelReads
{
    /// <summary>Returns when every job has run.</summary>
    public static void Run(int count, Action<int> job)
    {
        var next = -1;
        var helpers = new Thread[Math.Max(0, Math.Min(Environment.ProcessorCount, count) - 1)];
        for (var i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(Work) { IsBackground = true, Name = "Manifests" };
            helpers[i].Start();
        }
        Work();
        foreach (var helper in helpers)
            helper.Join();

        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                job(i);
        }
    }
}
