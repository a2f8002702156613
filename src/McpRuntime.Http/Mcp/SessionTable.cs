using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.SignIns.Connecting;
using McpRuntime.Http.Tokens;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// The sessions there are. Idle ones end after a while, those of a revoked or expired token at once, and a caller's own
/// longest idle one where there are too many: no one ends the sessions of others by beginning many.
/// </summary>
internal sealed class SessionTable(
    GatewaySettings settings,
    TokenVerifier tokens,
    OpenedLinks links,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<SessionTable> logger
) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, McpSession> _sessions = new(StringComparer.Ordinal);
    private readonly CallerCounts _counts = new();
    private ITimer? _timer;

    public int Count => _sessions.Count;

    /// <summary>How many one caller has.</summary>
    public int CountOf(Caller caller) => _counts.Of(caller.Id);

    /// <summary>Begins a session; null when there are too many and none of them may end for it.</summary>
    public async Task<McpSession?> CreateAsync(McpScope scope, Caller caller, string? revision)
    {
        while (!_counts.TryAdd(caller.Id, settings.MaxSessionsPerCaller))
        {
            if (!await EvictAsync(caller.Id))
                return null;
        }
        if (
            _sessions.Count >= settings.MaxSessions
            && !await EvictAsync(caller.Id)
            && !await EvictAsync(callerId: null)
        )
        {
            _counts.Remove(caller.Id);
            return null;
        }
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var session = new McpSession(id, caller.Id, scope, revision, loggers, time.GetTimestamp())
        {
            Expires = caller.Token is null ? null : caller.Expires,
        };
        _sessions[id] = session;
        return session;
    }

    /// <summary>The session of this caller at this endpoint. Anyone else's does not exist.</summary>
    public McpSession? Find(string id, McpScope scope, Caller caller) =>
        _sessions.TryGetValue(id, out var session)
        && session.CallerId == caller.Id
        && ReferenceEquals(session.Scope, scope)
            ? session
            : null;

    public async Task EndAsync(McpSession session)
    {
        if (!_sessions.TryRemove(session.SessionId, out _))
            return;
        _counts.Remove(session.CallerId);
        await session.DisposeAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => _ = SweepAsync(IsOver), null, SweepEvery, SweepEvery);
        tokens.Refused += OnRefused;
        links.Completed += OnCompleted;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        tokens.Refused -= OnRefused;
        links.Completed -= OnCompleted;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
            await EndAsync(session);
    }

    private void OnRefused(string tokenId)
    {
        var caller = ApiToken.CallerIdOf(tokenId);
        if (_counts.Of(caller) > 0)
            _ = SweepAsync(session => session.CallerId == caller);
    }

    private void OnCompleted(OpenedLink link)
    {
        if (!_sessions.TryGetValue(link.Session, out var session) || session.CallerId != link.Caller)
            return;
        _ = session.SendMessageAsync(
            new JsonRpcNotification
            {
                Method = NotificationMethods.ElicitationCompleteNotification,
                Params = new JsonObject { ["elicitationId"] = link.Hash },
            }
        );
    }

    private bool IsOver(McpSession session) =>
        session.Scope.IsClosed
        || session.Expires <= time.GetUtcNow()
        || (session.IsIdle && time.GetElapsedTime(session.LastUsed) > settings.SessionIdle);

    private async Task SweepAsync(Func<McpSession, bool> isOver)
    {
        try
        {
            foreach (var session in _sessions.Values)
            {
                if (isOver(session))
                    await EndAsync(session);
            }
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Sessions that are over could not be ended.");
        }
    }

    // Of one caller, or of all.
    private async Task<bool> EvictAsync(string? callerId)
    {
        McpSession? oldest = null;
        foreach (var session in _sessions.Values)
        {
            if (
                (callerId is null || session.CallerId == callerId)
                && session.IsIdle
                && (oldest is null || session.LastUsed < oldest.LastUsed)
            )
                oldest = session;
        }
        if (oldest is null)
            return false;
        logger.LogWarning(
            "Open sessions: {Count} of {Most}, {OfCaller} of {MostOfCaller} of the caller {Caller}; its "
                + "longest idle session ends.",
            _sessions.Count,
            settings.MaxSessions,
            _counts.Of(oldest.CallerId),
            settings.MaxSessionsPerCaller,
            oldest.CallerId
        );
        await EndAsync(oldest);
        return true;
    }
}
