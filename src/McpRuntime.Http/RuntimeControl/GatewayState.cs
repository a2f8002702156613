using McpRuntime.Http.Replicas;

namespace McpRuntime.Http.RuntimeControl;

/// <summary>
/// Whether this replica takes new work. The drain of the whole gateway is in the database and lasts until it is ended;
/// that of one replica is in its memory and ends with it, and so does the drain of a gateway that has no replicas.
/// </summary>
internal sealed class GatewayState : IHostedService, IDisposable
{
    private readonly DrainTable _table;
    private readonly Replica _replica;
    private readonly ReplicaMessages _messages;
    private readonly TimeProvider _time;
    private readonly IDisposable _following;
    private volatile bool _isGatewayDraining;
    private volatile Drain? _own;

    public GatewayState(DrainTable table, Replica replica, ReplicaMessages messages, TimeProvider time)
    {
        _table = table;
        _replica = replica;
        _messages = messages;
        _time = time;
        Started = time.GetUtcNow();
        _following = messages.On(ReplicaTopics.Drain, FollowAsync);
    }

    public DateTimeOffset Started { get; }

    /// <summary>This replica is not ready for new work; what runs goes on.</summary>
    public bool IsDraining => _isGatewayDraining || _own is not null;

    /// <summary>New calls and sessions are refused: it drains, and no grace is left.</summary>
    public bool Refuses => _isGatewayDraining || (_own is { } own && _time.GetElapsedTime(own.Since) >= own.Grace);

    public Task StartAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _following.Dispose();

    /// <summary>Begins or ends the drain of the whole gateway; its end does not end that of one replica.</summary>
    public async Task DrainAllAsync(bool draining, CancellationToken cancellationToken)
    {
        if (!_table.IsShared)
        {
            Set(draining ? TimeSpan.Zero : null);
            return;
        }
        await _table.SetAsync(draining, cancellationToken);
        await _messages.SendAsync(ReplicaTopics.Drain, ReplicaMessages.Everything, cancellationToken);
    }

    /// <summary>Begins or ends a drain of one replica, this or another.</summary>
    public Task DrainAsync(ReplicaCommand command, CancellationToken cancellationToken) =>
        _messages.SendAsync(ReplicaTopics.Drain, command.ToString(), cancellationToken);

    private async Task FollowAsync(string key, CancellationToken cancellationToken)
    {
        if (key == ReplicaMessages.Everything)
            await ReadAsync(cancellationToken);
        else if (ReplicaCommand.Parse(key) is { } command && command.Replica == _replica.Id)
            Set(command.Draining ? command.Grace : null);
    }

    private void Set(TimeSpan? grace) => _own = grace is { } given ? new Drain(_time.GetTimestamp(), given) : null;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_table.IsShared)
            _isGatewayDraining = await _table.IsDrainingAsync(cancellationToken);
    }

    private sealed record Drain(long Since, TimeSpan Grace);
}
