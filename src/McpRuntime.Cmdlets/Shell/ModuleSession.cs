using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// What the module has opened in one PowerShell session: sessions with MCP servers, and servers as jobs.
/// </summary>
public sealed class ModuleSession
{
    private static readonly ConditionalWeakTable<Runspace, ModuleSession> Sessions = [];

    private readonly Lock _changing = new();
    private readonly List<ISessionItem> _items = [];
    private readonly List<Job> _jobs = [];
    private readonly Dictionary<Type, IDisposable> _shared = [];
    private int _lastId;

    private ModuleSession() { }

    /// <summary>Ends everything that the module has opened in the current session. Safe to call again.</summary>
    /// <remarks>Called when the module is removed and when the session ends.</remarks>
    public static void End()
    {
        if (Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var session))
            session.EndAll();
    }

    /// <summary>The session of a running cmdlet.</summary>
    internal static ModuleSession Of(PSCmdlet cmdlet) => Sessions.GetValue(Runspace.DefaultRunspace, _ =>
        {
            var session = new ModuleSession();
            // OnRemove of the module is not called when pwsh exits; this event is not raised when the module is
            // removed.
            cmdlet.Events.SubscribeEvent(
                source: null,
                eventName: PSEngineEvent.Exiting,
                sourceIdentifier: PSEngineEvent.Exiting,
                data: null,
                handlerDelegate: (_, _) => session.EndAll(),
                supportEvent: true,
                forwardEvent: false
            );
            return session;
        });

    /// <summary>The open items of a kind, in the order in which they were opened.</summary>
    internal IReadOnlyList<T> Items<T>()
        where T : ISessionItem
    {
        lock (_changing)
            return [.. _items.OfType<T>()];
    }

    /// <summary>
    /// What all commands of the session share; made for the first of them, and disposed when the session ends.
    /// </summary>
    internal T Shared<T>()
        where T : class, IDisposable, new()
    {
        lock (_changing)
        {
            if (!_shared.TryGetValue(typeof(T), out var shared))
                _shared.Add(typeof(T), shared = new T());
            return (T)shared;
        }
    }

    internal int NextId() => Interlocked.Increment(ref _lastId);

    internal void Add(ISessionItem item)
    {
        lock (_changing)
            _items.Add(item);
    }

    internal void Remove(ISessionItem item)
    {
        lock (_changing)
            _items.Remove(item);
    }

    internal void Add(Job job)
    {
        lock (_changing)
        {
            _jobs.RemoveAll(other =>
                other.JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped
            );
            _jobs.Add(job);
        }
    }

    // All at once: each may take its bounded time, and pwsh waits for this before it exits.
    private void EndAll()
    {
        List<Action> ends;
        List<IDisposable> shared;
        lock (_changing)
        {
            ends = [.. _items.Select(item => (Action)item.Close), .. _jobs.Select(job => (Action)job.StopJob)];
            shared = [.. _shared.Values];
            _items.Clear();
            _jobs.Clear();
            _shared.Clear();
        }
        Task.WaitAll([.. ends.Select(Task.Run)]);
        // Jobs that have just ended used it.
        shared.ForEach(item => item.Dispose());
    }
}
