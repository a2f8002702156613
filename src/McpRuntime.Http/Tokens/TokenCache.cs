using System.Collections.Concurrent;
using System.Data.Common;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Tokens;

/// <summary>
/// What the database said about API tokens. A revocation at another replica comes as a message; besides, tokens in use
/// are looked up again every second by one query at a time, so that no call waits for the database: a server that is
/// paused or cut off answers nothing, and calls of known callers must not be held by it. Tokens that were refused are
/// remembered, so that using them again costs nothing.
/// </summary>
internal sealed class TokenCache : IDisposable
{
    /// <summary>
    /// The longest time after which a revocation by another process holds, while the database answers.
    /// </summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(3);

    // Callers that are known can go on without an answer, others cannot.
    private static readonly TimeSpan PatienceOfKnown = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan PatienceOfUnknown = TimeSpan.FromSeconds(4);

    private const int MostAtOnce = 500;
    private const int MostRefused = 10_000;

    private readonly TokenStore _store;
    private readonly TimeSpan _trusted;
    private readonly TimeProvider _time;
    private readonly DatabaseOutage _outage;
    private readonly ReplicaMessages _messages;
    private readonly IDisposable _following;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private int _isWorking;
    private volatile bool _isDisposed;

    public TokenCache(
        TokenStore store,
        GatewaySettings settings,
        DatabaseOutage outage,
        ReplicaMessages messages,
        TimeProvider time
    )
    {
        _messages = messages;
        _following = messages.On(ReplicaTopics.Tokens, FollowAsync);
        _store = store;
        _trusted = settings.TokenCache;
        _time = time;
        _outage = outage;
        _timer = time.CreateTimer(_ => Work(), null, RefreshEvery, RefreshEvery);
    }

    /// <summary>
    /// A token that was in use is refused from now on: it was revoked or expired. Listeners only note it.
    /// </summary>
    public event Action<string>? Refused;

    /// <summary>The token of an id, if it is valid as far as is known; null for one that is not.</summary>
    /// <exception cref="IOException">It is not known, and the database does not answer.</exception>
    /// <exception cref="DbException">It is not known, and the database is unavailable.</exception>
    public async ValueTask<ApiToken?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_refused.ContainsKey(id))
            return null;
        if (_known.TryGetValue(id, out var known))
        {
            var age = known.Use(_time.GetUtcNow());
            if (age < Fresh)
                return known.Token;
            if (age < _trusted)
            {
                if (_outage.IsSuspected || await IsAnsweredAsync(id, cancellationToken))
                    return Current(id, known);
                _outage.Suspect();
                return known.Token;
            }
        }
        if (_outage.IsCertain)
            throw new IOException(DatabaseOutage.Silent);
        try
        {
            await AskAsync(id).WaitAsync(PatienceOfUnknown, _time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new IOException(DatabaseOutage.Silent, exception);
        }
        return _known.GetValueOrDefault(id)?.Token;
    }

    /// <summary>Whether a token may still be used; asks no one, but keeps the token looked up.</summary>
    public bool IsRefused(string id)
    {
        if (_known.TryGetValue(id, out var known))
            known.Use(_time.GetUtcNow());
        return _refused.ContainsKey(id);
    }

    /// <summary>Refuses a token from now on, at every replica: it was revoked.</summary>
    public Task RefuseAsync(string id, CancellationToken cancellationToken) =>
        _messages.SendAsync(ReplicaTopics.Tokens, id, cancellationToken);

    private Task FollowAsync(string id, CancellationToken cancellationToken)
    {
        // After a gap, what is in use is looked up within a second anyway.
        if (id != ReplicaMessages.Everything)
            Refuse(id);
        return Task.CompletedTask;
    }

    private void Refuse(string id)
    {
        if (_refused.Count >= MostRefused)
            _refused.Clear();
        _refused[id] = true;
        if (_known.TryRemove(id, out _))
            Refused?.Invoke(id);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _following.Dispose();
        _timer.Dispose();
    }

    private ApiToken? Current(string id, Known known) => _refused.ContainsKey(id) ? null : known.Token;

    private async Task<bool> IsAnsweredAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(id).WaitAsync(PatienceOfKnown, _time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException || DatabaseOutage.IsCause(exception))
        {
            return false;
        }
    }

    private Task AskAsync(string id)
    {
        var asked = _waiting.GetOrAdd(id, _ => new TaskCompletionSource(
            TaskCreationOptions.RunContinuationsAsynchronously
        ));
        Work();
        return asked.Task;
    }

    // SQLite blocks its thread, and anyone who asks must not be the one who waits for all.
    private void Work()
    {
        if (!_isDisposed && Interlocked.Exchange(ref _isWorking, 1) == 0)
            _ = Task.Run(WorkAsync);
    }

    private async Task WorkAsync()
    {
        try
        {
            // Of a database that was closed with this, every look fails at once and nothing makes the next one wait.
            while (!_isDisposed && Due() is { Count: > 0 } ids && _outage.MayTry)
                await LookUpAsync(ids);
            if (!_isDisposed && _outage is { IsCertain: true, MayTry: true })
                await LookUpAsync([""]);
        }
        finally
        {
            Volatile.Write(ref _isWorking, 0);
        }
        // Anyone who came after the last look and before the end would wait for the next turn of the timer.
        if (!_waiting.IsEmpty && _outage.MayTry)
            Work();
    }

    private List<string> Due()
    {
        var now = _time.GetUtcNow();
        var ids = _waiting.Keys.Take(MostAtOnce).ToList();
        foreach (var (id, known) in _known)
        {
            if (known.Unused(now) > InUse && !_outage.IsSuspected)
                _known.TryRemove(id, out _);
            else if (ids.Count < MostAtOnce && known.Age(now) >= RefreshEvery && !_waiting.ContainsKey(id))
                ids.Add(id);
        }
        return ids;
    }

    private async Task LookUpAsync(List<string> ids)
    {
        var now = _time.GetUtcNow();
        try
        {
            var answer = DatabaseOutage.WithinAsync(
                QueryLimit,
                limit => _store.FindAsync(ids, limit),
                CancellationToken.None
            );
            // Suspected before what is known gets old, so that not even the first calls wait.
            await Task.WhenAny(answer, Task.Delay(PatienceOfKnown, _time));
            if (!answer.IsCompleted)
                _outage.Suspect();
            var found = (await answer).ToDictionary(token => token.Id, StringComparer.Ordinal);
            foreach (var id in ids)
            {
                if (found.GetValueOrDefault(id) is { } token && token.IsValidAt(now) && !_refused.ContainsKey(id))
                    Keep(token, now);
                else
                    Refuse(id);
            }
            _outage.End();
            foreach (var id in ids)
            {
                if (_waiting.TryRemove(id, out var answered))
                    answered.TrySetResult();
            }
        }
        catch (Exception exception) when (DatabaseOutage.IsCause(exception))
        {
            if (!_isDisposed)
                _outage.Begin(exception);
            // All of them: until the next attempt there is nothing to wait for.
            foreach (var id in _waiting.Keys)
            {
                if (!_waiting.TryRemove(id, out var failed))
                    continue;
                failed.TrySetException(new IOException(DatabaseOutage.Silent, exception));
                // No one may be waiting any more.
                _ = failed.Task.Exception;
            }
        }
    }

    private void Keep(ApiToken token, DateTimeOffset asked)
    {
        if (_known.TryGetValue(token.Id, out var known))
            known.Confirm(token, asked);
        else
            _known[token.Id] = new Known(token, asked);
    }

    /// <summary>A valid token; times as ticks, since calls and the query write them at once.</summary>
    private sealed class Known(ApiToken token, DateTimeOffset asked)
    {
        private long _asked = asked.UtcTicks;
        private long _used = asked.UtcTicks;
        private volatile ApiToken _token = token;

        public ApiToken Token => _token;

        /// <summary>Notes a use; returns how long ago the database was asked.</summary>
        public TimeSpan Use(DateTimeOffset now)
        {
            Volatile.Write(ref _used, now.UtcTicks);
            return Age(now);
        }

        public TimeSpan Age(DateTimeOffset now) => TimeSpan.FromTicks(now.UtcTicks - Volatile.Read(ref _asked));

        public TimeSpan Unused(DateTimeOffset now) => TimeSpan.FromTicks(now.UtcTicks - Volatile.Read(ref _used));

        public void Confirm(ApiToken token, DateTimeOffset asked)
        {
            _token = token;
            Volatile.Write(ref _asked, asked.UtcTicks);
        }
    }
}
