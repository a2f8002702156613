using System.Collections.Concurrent;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// What callers have open for long: streams of events and live views. A request is authenticated when it begins, so
/// these are looked at every few seconds and end when the caller's token is revoked or expires.
/// </summary>
internal sealed class OpenStreams : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly TokenVerifier _tokens;
    private readonly TimeProvider _time;
    private readonly int _mostPerCaller;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<OpenStream, bool> _open = new();
    private readonly CallerCounts _counts = new();

    public OpenStreams(TokenVerifier tokens, GatewaySettings settings, TimeProvider time)
    {
        _tokens = tokens;
        _time = time;
        _mostPerCaller = settings.MaxSessionsPerCaller;
        _timer = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
        tokens.Refused += OnRefused;
    }

    public int Count => _open.Count;

    /// <summary>Notes a stream until it is disposed; null where the caller has too many.</summary>
    public OpenStream? Open(Caller caller)
    {
        if (!_counts.TryAdd(caller.Id, _mostPerCaller))
            return null;
        var stream = new OpenStream(caller, this);
        _open[stream] = true;
        EndIfInvalid(stream);
        return stream;
    }

    public void Dispose()
    {
        _tokens.Refused -= OnRefused;
        _timer.Dispose();
    }

    internal void Close(OpenStream stream)
    {
        if (_open.TryRemove(stream, out _))
            _counts.Remove(stream.Caller.Id);
    }

    private void OnRefused(string id) => Look();

    private void Look()
    {
        foreach (var stream in _open.Keys)
            EndIfInvalid(stream);
    }

    private void EndIfInvalid(OpenStream stream)
    {
        var caller = stream.Caller;
        if ((caller.Token is { } token && !_tokens.IsStillValid(token)) || caller.Expires <= _time.GetUtcNow())
            stream.End();
    }
}

/// <summary>One stream; dispose it when it is over.</summary>
internal sealed class OpenStream(Caller caller, OpenStreams all) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();

    public Caller Caller => caller;

    /// <summary>The caller's token was revoked or has expired.</summary>
    public CancellationToken Ending => _ending.Token;

    public void Dispose() => all.Close(this);

    // Not disposed, since it may be cancelled at any time; without a timer and links it holds nothing.
    internal void End() => _ = _ending.CancelAsync();
}
