using System.Collections.Concurrent;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Cancellation sources for calls, used again where the call ended before its time: a source with its timer is among
/// the dearer things that a call needs.
/// </summary>
internal static class BudgetSource
{
    private const int MostKept = 256;

    private static readonly Action<object?> Cancel = static source => ((CancellationTokenSource)source!).Cancel();
    private static readonly ConcurrentQueue<CancellationTokenSource> Kept = new();
    private static int _kept;

    /// <summary>A source that is cancelled after a time, or when a token is.</summary>
    /// <param name="after">The time.</param>
    /// <param name="caller">The token.</param>
    /// <param name="link">To be disposed before the source is given back.</param>
    public static CancellationTokenSource Take(
        TimeSpan after,
        CancellationToken caller,
        out CancellationTokenRegistration link
    )
    {
        if (Kept.TryDequeue(out var source))
            Interlocked.Decrement(ref _kept);
        else
            source = new CancellationTokenSource();
        source.CancelAfter(after);
        link = caller.UnsafeRegister(Cancel, source);
        return source;
    }

    /// <summary>Ends the use of a source; no one may hold its token any longer.</summary>
    public static void GiveBack(CancellationTokenSource source, CancellationTokenRegistration link)
    {
        // Waits for a cancellation that is on its way, so that it cannot meet the next call.
        link.Dispose();
        if (!source.TryReset())
        {
            source.Dispose();
            return;
        }
        if (Interlocked.Increment(ref _kept) <= MostKept)
        {
            Kept.Enqueue(source);
            return;
        }
        Interlocked.Decrement(ref _kept);
        source.Dispose();
    }
}
