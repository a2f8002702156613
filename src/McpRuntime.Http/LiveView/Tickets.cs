using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpRuntime.Http.Access;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// Tickets for WebSockets: a browser cannot send a token when it opens one, and a token in a URL ends up in logs. A
/// ticket opens one socket, once, within <see cref="Lifetime"/>.
/// </summary>
internal sealed class Tickets(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Ends)> _open = new(
        StringComparer.Ordinal
    );

    /// <summary>Makes a ticket for a caller; null when too many are open.</summary>
    public string? Create(Caller caller)
    {
        var now = time.GetUtcNow();
        foreach (var ticket in _open)
        {
            if (ticket.Value.Ends <= now)
                _open.TryRemove(ticket);
        }
        if (_open.Count >= Most)
            return null;
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _open[text] = (caller, now + Lifetime);
        return text;
    }

    /// <summary>Uses a ticket up; null for one that is unknown, used or too old.</summary>
    public Caller? Take(string ticket) =>
        _open.TryRemove(ticket, out var found) && time.GetUtcNow() < found.Ends ? found.Caller : null;
}
