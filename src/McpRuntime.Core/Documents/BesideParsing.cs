namespace McpRuntime.Documents;

/// <summary>
/// Work on a document that needs nothing but its bytes. Of a large document it is done on another thread from now on,
/// as it takes about as long as parsing; of a small one when it is asked for. One work follows the other: more threads
/// than that would take the parser's processor on a small machine.
/// </summary>
/// <param name="bytes">How many there are.</param>
internal sealed class BesideParsing(int bytes)
{
    // Below this, handing the work to another thread costs as much as it saves.
    private const int FewestBytes = 256 * 1024;

    private Task _last = Task.CompletedTask;

    /// <summary>False while some of the work may still read the bytes.</summary>
    internal bool IsDone => _last.IsCompleted;

    /// <summary>Adds work; whoever asks for its result waits for it, and gets its exception.</summary>
    /// <param name="work">May be carried out although nobody asks for the result.</param>
    internal Lazy<T> Add<T>(Func<T> work)
    {
        if (bytes < FewestBytes)
            return new Lazy<T>(work);
        var running = _last.IsCompleted
            ? Task.Run(work)
            : _last.ContinueWith(_ => work(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _last = running;
        return new Lazy<T>(() => running.GetAwaiter().GetResult());
    }
}
