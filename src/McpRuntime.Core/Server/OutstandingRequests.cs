using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Which requests were read and not yet answered, so that the end of input can wait for the last answer.
/// </summary>
internal sealed class OutstandingRequests
{
    private readonly Lock _lock = new();

    // Strings and boxed integers, which compare by value: sets of value types cost time at the start.
    private readonly HashSet<object> _ids = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    /// <summary>Completes when no more requests come and each was answered or cancelled.</summary>
    public Task Drained => _drained.Task;

    public void Begin(RequestId id)
    {
        lock (_lock)
            _ids.Add(id.Id!);
    }

    public void End(RequestId id)
    {
        lock (_lock)
        {
            if (id.Id is { } value && _ids.Remove(value))
                Check();
        }
    }

    public void NoMore()
    {
        lock (_lock)
        {
            _ended = true;
            Check();
        }
    }

    private void Check()
    {
        if (_ended && _ids.Count == 0)
            _drained.TrySetResult();
    }
}
