using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Gathers the replies to a batch: they go out together, as an array in no particular order, when the last one is
/// there. Thread-safe.
/// </summary>
public sealed class BatchReplies : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<RequestId> _pending = [];
    private readonly PooledBuffer _array = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BatchReplies(MessageBatch batch)
    {
        foreach (var fault in batch.Faults)
            Append(fault.ToError());
        foreach (var message in batch.Messages)
        {
            if (message is JsonRpcRequest request)
                _pending.Add(request.Id);
        }
        Check();
    }

    /// <summary>Completes when nothing is pending.</summary>
    public Task Completion => _complete.Task;

    /// <summary>
    /// Nothing is sent to a batch of notifications and responses, or one whose requests were all cancelled.
    /// </summary>
    public bool IsEmpty => _array.Length == 0;

    /// <summary>The array and the end of its line, once it is complete.</summary>
    public ReadOnlyMemory<byte> Line => _array.Memory;

    /// <summary>Takes the reply to one of the requests; false for any other message.</summary>
    public bool TryAdd(JsonRpcMessage reply)
    {
        if (reply is not (JsonRpcResponse or JsonRpcError))
            return false;
        lock (_lock)
        {
            if (!_pending.Remove(((JsonRpcMessageWithId)reply).Id))
                return false;
            Append(reply);
            Check();
        }
        return true;
    }

    /// <summary>A request was cancelled: there will be no reply to it.</summary>
    public bool TryDrop(RequestId id)
    {
        lock (_lock)
        {
            if (!_pending.Remove(id))
                return false;
            Check();
        }
        return true;
    }

    public void Dispose() => _array.Dispose();

    private void Append(JsonRpcMessage reply)
    {
        using var line = new PooledBuffer();
        MessageWriter.Write(reply, line);
        _array.Append(_array.Length == 0 ? "["u8 : ","u8);
        _array.Append(line.Span[..^1]);
    }

    private void Check()
    {
        if (_pending.Count > 0)
            return;
        if (_array.Length > 0)
            _array.Append("]\n"u8);
        _complete.TrySetResult();
    }
}
