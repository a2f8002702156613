using McpRuntime.Calls;
using McpRuntime.Calls.Sending;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Replicas;
using McpRuntime.Network;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// What happens at this replica and at others, as viewers are told. Without anyone who listens, nothing is made of it.
/// Listeners only queue: they run within calls.
/// </summary>
internal sealed class LiveFeed(
    CallFeed calls,
    ToolCaller caller,
    LogBuffer logs,
    FolderConnectors folder,
    Replica replica,
    TimeProvider time
)
{
    private readonly Lock _changing = new();
    private Action<LiveEvent>? _own;

    /// <summary>At this replica.</summary>
    public event Action<LiveEvent> Own
    {
        add
        {
            lock (_changing)
            {
                if (_own is null)
                    Attach();
                _own += value;
            }
        }
        remove
        {
            lock (_changing)
            {
                _own -= value;
                if (_own is null)
                    Detach();
            }
        }
    }

    /// <summary>At another replica.</summary>
    public event Action<LiveEvent>? Elsewhere;

    /// <summary>Another replica could not send so many events.</summary>
    public event Action<long>? LostElsewhere;

    public void Receive(LiveEvent happened) => Elsewhere?.Invoke(happened);

    public void ReceiveLoss(long count) => LostElsewhere?.Invoke(count);

    private void Attach()
    {
        calls.Happened += OnCall;
        caller.BreakerChanged += OnBreaker;
        logs.Written += OnLog;
        folder.Changed += OnReload;
    }

    private void Detach()
    {
        calls.Happened -= OnCall;
        caller.BreakerChanged -= OnBreaker;
        logs.Written -= OnLog;
        folder.Changed -= OnReload;
    }

    private void OnCall(CallEvent call) =>
        Tell(
            new LiveEvent(replica.Id, call.Outcome is null ? "call.started" : "call.ended", writer =>
                LiveJson.Write(writer, call)
            )
            {
                Project = call.Project,
                Connector = call.Connector,
            }
        );

    private void OnLog(LogEntry entry) => Tell(new LiveEvent(replica.Id, "log", writer =>
            {
                writer.WritePropertyName("line"u8);
                LogJson.Write(writer, entry);
            }) { Level = entry.Level });

    private void OnBreaker(Origin origin, BreakerState state)
    {
        var now = time.GetUtcNow();
        Tell(new LiveEvent(replica.Id, "breaker", writer =>
            {
                writer.WriteString("time"u8, now);
                writer.WriteString("origin"u8, origin.ToString());
                writer.WriteString("state"u8, state.Word());
            }));
    }

    private void OnReload()
    {
        var now = time.GetUtcNow();
        var served = folder.Current;
        Tell(new LiveEvent(replica.Id, "reload", writer =>
            {
                writer.WriteString("time"u8, now);
                writer.WriteNumber("connectors"u8, served.Connectors.Count);
                writer.WriteNumber("tools"u8, served.Tools.Tools.Count);
            }));
    }

    private void Tell(LiveEvent happened) => _own?.Invoke(happened);
}
