using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Http.Access;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// What JWTs of the last moments said: a signature costs more than the call that it comes with. Tokens are kept as
/// hashes, with the path that they were good for.
/// </summary>
internal sealed class VerifiedJwts(TimeProvider time)
{
    /// <summary>A key that the authority withdraws is believed so much longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string Hash, string Path), Known> _known = new();

    public (string CallerId, IReadOnlyList<Role> Roles)? Find(string token, PathString path) =>
        _known.TryGetValue(KeyOf(token, path), out var known) && time.GetUtcNow() < known.Ends ? (known.CallerId, known.Roles) : null;

    /// <param name="token">Its text.</param>
    /// <param name="path">Of the request.</param>
    /// <param name="callerId">Whose it is.</param>
    /// <param name="roles">What it grants.</param>
    /// <param name="expires">Its own end, in UTC.</param>
    public void Keep(string token, PathString path, string callerId, IReadOnlyList<Role> roles, DateTime expires)
    {
        if (_known.Count >= Most)
            _known.Clear();
        var ends = time.GetUtcNow() + Lifetime;
        _known[KeyOf(token, path)] = new Known(callerId, roles, expires < ends.UtcDateTime ? new DateTimeOffset(expires, TimeSpan.Zero) : ends);
    }

    private static (string, string) KeyOf(string token, PathString path) =>
        (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))), path.Value ?? "");

    private sealed record Known(string CallerId, IReadOnlyList<Role> Roles, DateTimeOffset Ends);
}
