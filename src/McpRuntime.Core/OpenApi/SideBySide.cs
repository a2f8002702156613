namespace McpRuntime.OpenApi;

/// <summary>Work of an import that several threads share; what comes out does not depend on how many.</summary>
/// <param name="most">The most workers at a time.</param>
internal sealed class SideBySide(int most)
{
    /// <summary>As many workers as there are processors, up to where more would wait for each other.</summary>
    internal static int UsualWorkers { get; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>How many workers are worth it.</summary>
    /// <param name="work">How much there is to do.</param>
    /// <param name="fewest">How much of it makes up for starting another worker.</param>
    internal int CountFor(int work, int fewest) => Math.Clamp(work / fewest, 1, most);

    /// <summary>Runs each worker by its number, from 0; a single one on this thread.</summary>
    internal static void Run(int workers, Action<int> work)
    {
        if (workers == 1)
            work(0);
        else
            Parallel.For(0, workers, work);
    }
}
