using System.Management.Automation;
using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Callers;

/// <summary>
/// The <see cref="LocalCaller"/> of a session. What it holds in memory, secrets among it, is let go when no command has
/// used it for a minute.
/// </summary>
internal sealed class LocalCallers(TimeProvider? time = null) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Lock _changing = new();
    private readonly Dictionary<LocalCaller, int> _users = [];
    private ITimer? _timer;
    private LocalCaller? _current;

    /// <summary>For a command, until it gives it to <see cref="Return"/>.</summary>
    public LocalCaller Take(PSCmdlet cmdlet, RuntimeSettings settings)
    {
        lock (_changing)
        {
            if (_current is not { } caller || !caller.Fits(settings))
            {
                DropIfUnused(_current);
                _current = caller = new LocalCaller(cmdlet, settings);
            }
            var users = _users.GetValueOrDefault(caller);
            if (users == 0)
                caller.Begin();
            _users[caller] = users + 1;
            return caller;
        }
    }

    /// <summary>The command has ended.</summary>
    public void Return(LocalCaller caller)
    {
        lock (_changing)
        {
            _users[caller]--;
            // Lines of the audit are in its file when the command that caused them ends.
            if (caller != _current || caller.IsAudited)
                DropIfUnused(caller);
            else
                Timer().Change(Idle, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// The session ends, or the module is removed from it, and may be imported again. Commands that still run keep
    /// theirs to their end.
    /// </summary>
    public void Dispose()
    {
        lock (_changing)
        {
            var last = _current;
            _current = null;
            DropIfUnused(last);
            _timer?.Dispose();
            _timer = null;
        }
    }

    private ITimer Timer() =>
        _timer ??= (time ?? TimeProvider.System).CreateTimer(
            _ => LetGo(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );

    private void LetGo()
    {
        lock (_changing)
            DropIfUnused(_current);
    }

    private void DropIfUnused(LocalCaller? caller)
    {
        if (caller is null || _users.GetValueOrDefault(caller) > 0)
            return;
        _users.Remove(caller);
        if (caller == _current)
            _current = null;
        caller.Dispose();
    }
}
