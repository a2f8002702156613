namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// What other threads ask to be run on the thread of a pipeline while that waits for them. It sleeps meanwhile: the
/// framework's own collections look again and again before they do, which takes the processor from the work that is
/// waited for.
/// </summary>
internal sealed class PipelinePosts
{
    private readonly Queue<Action> _posts = [];
    private bool _ended;

    /// <summary>Asks for something to be run; nothing comes of it once the waiting has ended.</summary>
    public void Post(Action action)
    {
        lock (_posts)
        {
            if (_ended)
                return;
            _posts.Enqueue(action);
            Monitor.Pulse(_posts);
        }
    }

    /// <summary>The work is done. What was posted before is still run.</summary>
    public void End()
    {
        lock (_posts)
        {
            _ended = true;
            Monitor.Pulse(_posts);
        }
    }

    /// <summary>Runs what is posted, until the work is done or the pipeline is stopped.</summary>
    public void Run(CancellationToken stopping)
    {
        using var stopped = stopping.UnsafeRegister(static posts => ((PipelinePosts)posts!).Drop(), this);
        while (Next() is { } post)
            post();
    }

    private Action? Next()
    {
        lock (_posts)
        {
            while (_posts.Count == 0 && !_ended)
                Monitor.Wait(_posts);
            return _posts.TryDequeue(out var post) ? post : null;
        }
    }

    private void Drop()
    {
        lock (_posts)
        {
            _posts.Clear();
            End();
        }
    }
}
