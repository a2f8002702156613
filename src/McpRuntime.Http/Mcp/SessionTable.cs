using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Mcp;

/// <summary>The sessions there are. Idle ones end after a while, and the longest idle one when there are too many.</summary>
internal sealed class SessionTable(GatewaySettings settings, TimeProvider time, ILoggerFactory loggers, ILogger<SessionTable> logger)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, McpSession> _sessions = new(StringComparer.Ordinal);
    private ITimer? _timer;

    public int Count => _sessions.Count;

    /// <summary>Begins a session; null when there are too many and none is idle.</summary>
    public async Task<McpSession?> CreateAsync(McpScope scope, Caller caller, string? revision)
    {
        if (_sessions.Count >= settings.MaxSessions && !await EvictAsync())
            return null;
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var session = new McpSession(id, caller.Id, scope, revision, loggers, time.GetTimestamp());
        _sessions[id] = session;
        return session;
    }

    /// <summary>The session of this caller at this endpoint. Anybody else's does not exist.</summary>
    public McpSession? Find(string id, McpScope scope, Caller caller) =>
        _sessions.TryGetValue(id, out var session) && session.CallerId == caller.Id && ReferenceEquals(session.Scope, scope) ? session : null;

    public async Task EndAsync(McpSession session)
    {
        if (_sessions.TryRemove(session.SessionId, out _))
            await session.DisposeAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => _ = SweepAsync(), null, SweepEvery, SweepEvery);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
            await EndAsync(session);
    }

    private async Task SweepAsync()
    {
        try
        {
            foreach (var session in _sessions.Values)
            {
                if (session.IsIdle && time.GetElapsedTime(session.LastUsed) > settings.SessionIdle)
                    await EndAsync(session);
            }
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Idle sessions could not be ended.");
        }
    }

    private async Task<bool> EvictAsync()
    {
        McpSession? oldest = null;
        foreach (var session in _sessions.Values)
        {
            if (session.IsIdle && (oldest is null || session.LastUsed < oldest.LastUsed))
                oldest = session;
        }
        if (oldest is null)
            return false;
        logger.LogWarning("There are {Count} sessions, as many as MCP_RUNTIME_MAX_SESSIONS allows; the longest idle one ends.", _sessions.Count);
        await EndAsync(oldest);
        return true;
    }
}
