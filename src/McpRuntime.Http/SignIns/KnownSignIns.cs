using System.Collections.Concurrent;
using System.Globalization;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Replicas;
using McpRuntime.Network;

namespace McpRuntime.Http.SignIns;

/// <summary>
/// What this process last read or wrote of each sign-in. Another replica that removes or replaces one says so, and the
/// next call looks again.
/// </summary>
internal sealed class KnownSignIns : IDisposable
{
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<CredentialKey, SignInMark> _known = new();
    private readonly ReplicaMessages _messages;
    private readonly IDisposable _following;
    private readonly IDisposable _followingConnectors;
    private long _version;

    public KnownSignIns(ReplicaMessages messages)
    {
        _messages = messages;
        _following = messages.On(ReplicaTopics.SignIns, (key, _) =>
        {
            Doubt(key);
            return Task.CompletedTask;
        });
        // Accounts end with their connector.
        _followingConnectors = messages.On(ReplicaTopics.Connectors, (_, _) =>
        {
            Doubt(ReplicaMessages.Everything);
            return Task.CompletedTask;
        });
    }

    /// <summary>Before a read; for <see cref="Note"/>.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Null where nothing was read or written.</summary>
    public SignInMark? Find(CredentialKey key) => _known.GetValueOrDefault(key);

    /// <param name="key">Whose, and for what.</param>
    /// <param name="mark">What was read or written.</param>
    /// <param name="version">Of before: what was changed meanwhile is looked at again.</param>
    public void Note(CredentialKey key, SignInMark mark, long version)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[key] = mark with { Number = SignInTurns.NumberOf(key), IsDoubtful = Version != version };
    }

    /// <summary>Tells every replica that a sign-in was removed or replaced.</summary>
    public Task TellAsync(CredentialKey key) =>
        _messages.SendAsync(
            ReplicaTopics.SignIns,
            SignInTurns.NumberOf(key).ToString(CultureInfo.InvariantCulture),
            CancellationToken.None
        );

    public void Dispose()
    {
        _following.Dispose();
        _followingConnectors.Dispose();
    }

    private void Doubt(string key)
    {
        var isAll = key == ReplicaMessages.Everything;
        if (!long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && !isAll)
            return;
        Interlocked.Increment(ref _version);
        // Kept, not dropped: while the database does not answer, what is known still counts.
        foreach (var (known, mark) in _known)
        {
            if (isAll || mark.Number == number)
                _known.TryUpdate(known, mark with { IsDoubtful = true }, mark);
        }
    }
}

/// <summary>Tells whether a sign-in is still the same.</summary>
/// <param name="Stamp"><see cref="SignIn.Stamp"/>; null where there is no sign-in.</param>
/// <param name="Origins">Where its tokens may be sent.</param>
/// <param name="Account"><see cref="SignIn.Account"/>.</param>
internal sealed record SignInMark(string? Stamp, IReadOnlyList<Origin> Origins, string? Account)
{
    public static SignInMark None { get; } = new(null, [], null);

    /// <summary><see cref="SignInRow.Used"/>.</summary>
    public DateTimeOffset? Used { get; init; }

    /// <summary>Names the sign-in in messages.</summary>
    public long Number { get; init; }

    /// <summary>It may have changed since.</summary>
    public bool IsDoubtful { get; init; }
}
