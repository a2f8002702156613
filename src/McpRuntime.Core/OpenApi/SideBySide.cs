namespace McpRuntime.OpenApi;

/// <summary>Work of an import that several threads share; what comes out does not depend on how many.</summary>
internal static class SideBySide
{
    // More of them would wait for each other.
    private const int MostWorkers = 4;

    /// <summary>How many workers are worth it.</summary>
    /// <param name="work">How much there is to do.</param>
    /// <param name="fewest">How much of it makes up for starting another worker.</param>
    internal static int CountFor(int work, int fewest) =>
        Math.Clamp(work / fewest, 1, Math.Min(Environment.ProcessorCount, MostWorkers));

    /// <summary>Runs each worker by its number, from 0; a single one on this thread.</summary>
    internal static void Run(int workers, Action<int> work)
    {
        if (workers == 1)
            work(0);
        else
            Parallel.For(0, workers, work);
    }
}
