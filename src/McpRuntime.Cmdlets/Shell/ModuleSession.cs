using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using McpRuntime.Cmdlets.Callers;
using McpRuntime.Cmdlets.Servers;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>What the module has opened in one PowerShell session: sessions with MCP servers, and servers as jobs.</summary>
public sealed class ModuleSession
{
    private static readonly ConditionalWeakTable<Runspace, ModuleSession> Sessions = [];

    private readonly Lock _changing = new();
    private readonly List<McpServer> _servers = [];
    private readonly List<Job> _jobs = [];
    private int _lastId;

    private ModuleSession()
    {
    }

    internal IReadOnlyList<McpServer> Servers
    {
        get
        {
            lock (_changing)
                return [.. _servers];
        }
    }

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
        // OnRemove of the module is not called when pwsh exits; this event is not raised when the module is removed.
        cmdlet.Events.SubscribeEvent(
            source: null, eventName: PSEngineEvent.Exiting, sourceIdentifier: PSEngineEvent.Exiting, data: null,
            handlerDelegate: (_, _) => session.EndAll(), supportEvent: true, forwardEvent: false);
        return session;
    });

    /// <summary>Calls the tools of connectors.</summary>
    internal LocalCallers Callers { get; } = new();

    /// <summary>The same for calls in the background, where no vault can ask for anything.</summary>
    internal LocalCallers JobCallers { get; } = new();

    internal int NextId() => Interlocked.Increment(ref _lastId);

    internal void Add(McpServer server)
    {
        lock (_changing)
            _servers.Add(server);
    }

    internal void Remove(McpServer server)
    {
        lock (_changing)
            _servers.Remove(server);
    }

    internal void Add(Job job)
    {
        lock (_changing)
        {
            _jobs.RemoveAll(other => other.JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped);
            _jobs.Add(job);
        }
    }

    // All at once: each may take its bounded time, and pwsh waits for this before it exits.
    private void EndAll()
    {
        List<Action> ends;
        lock (_changing)
        {
            ends = [.. _servers.Select(server => (Action)server.Close), .. _jobs.Select(job => (Action)job.StopJob)];
            _servers.Clear();
            _jobs.Clear();
        }
        Callers.Dispose();
        Task.WaitAll([.. ends.Select(Task.Run)]);
        JobCallers.Dispose();
    }
}
