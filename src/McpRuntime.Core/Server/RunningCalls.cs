using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// The calls of a session that are answered past the protocol library, so that its client can cancel them.
/// </summary>
public sealed class RunningCalls
{
    // Made with the first call: most sessions are idle, and there are many.
    private ConcurrentDictionary<RequestId, CancellationTokenSource>? _calls;
    private volatile TaskCompletionSource? _drained;

    /// <summary>Begins a call; null where one of this id runs already.</summary>
    public CancellationTokenSource? Begin(RequestId id)
    {
        var calls = _calls ?? Interlocked.CompareExchange(ref _calls, new(1, 7, null), null) ?? _calls;
        // Never disposed, since a cancellation may come at any time: without timer and links it holds nothing.
#pragma warning disable CA2000
        var call = new CancellationTokenSource();
#pragma warning restore CA2000
        return calls.TryAdd(id, call) ? call : null;
    }

    /// <summary>The call has its answer, or will have none.</summary>
    public void End(RequestId id)
    {
        _calls!.TryRemove(id, out _);
        if (_drained is { } drained && _calls.IsEmpty)
            drained.TrySetResult();
    }

    /// <summary>True when the notification was about one of these calls.</summary>
    public async ValueTask<bool> CancelAsync(JsonRpcNotification notification)
    {
        if (_calls is null || CancelledBy(notification) is not { } id || !_calls.TryGetValue(id, out var call))
            return false;
        await call.CancelAsync();
        return true;
    }

    /// <summary>As <see cref="CancelAsync"/>, without waiting for what the cancellation does.</summary>
    public bool TryCancel(JsonRpcNotification notification)
    {
        if (_calls is null || CancelledBy(notification) is not { } id || !_calls.TryGetValue(id, out var call))
            return false;
        _ = call.CancelAsync();
        return true;
    }

    /// <summary>The session is over.</summary>
    public async Task CancelAllAsync()
    {
        foreach (var call in _calls?.Values ?? [])
            await call.CancelAsync();
    }

    /// <summary>Completes when no call is left; none begins any more.</summary>
    public Task DrainAsync()
    {
        var drained = _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_calls is null or { IsEmpty: true })
            drained.TrySetResult();
        return drained.Task;
    }

    /// <summary>The request that a notification cancels; null for any other notification.</summary>
    public static RequestId? CancelledBy(JsonRpcNotification notification) =>
        notification.Method == NotificationMethods.CancelledNotification
            ? IdOf((notification.Params as JsonObject)?["requestId"])
            : null;

    private static RequestId? IdOf(JsonNode? node)
    {
        if (node is not JsonValue value)
            return null;
        if (value.TryGetValue(out long number))
            return new RequestId(number);
        return value.TryGetValue(out string? text) ? new RequestId(text) : null;
    }
}
