using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration.Issuers;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// What JWTs of the last moments said: a signature costs more than the call that it comes with. Tokens are kept as
/// hashes, with the path that they were good for.
/// </summary>
internal sealed class VerifiedJwts(TimeProvider time)
{
    /// <summary>A key that the authority withdraws is trusted so much longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string Hash, string Path), Known> _known = new();

    public Known? Find(string token, PathString path) =>
        _known.TryGetValue(KeyOf(token, path), out var known) && time.GetUtcNow() < known.Ends ? known : null;

    /// <param name="token">Its text.</param>
    /// <param name="path">Of the request.</param>
    /// <param name="caller">Whose it is, with its own end.</param>
    public void Keep(string token, PathString path, Caller caller)
    {
        if (_known.Count >= Most)
            _known.Clear();
        var ends = time.GetUtcNow() + Lifetime;
        _known[KeyOf(token, path)] = new Known(
            caller.Id,
            caller.Name,
            caller.Issuer,
            caller.Scopes,
            caller.Roles,
            caller.Expires,
            caller.Expires < ends ? caller.Expires.Value : ends
        );
    }

    private static (string, string) KeyOf(string token, PathString path) =>
        (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))), path.Value ?? "");

    /// <param name="CallerId">See <see cref="Caller.Id"/>.</param>
    /// <param name="Name">See <see cref="Caller.Name"/>.</param>
    /// <param name="Issuer">See <see cref="Caller.Issuer"/>.</param>
    /// <param name="Scopes">See <see cref="Caller.Scopes"/>.</param>
    /// <param name="Roles">What it grants.</param>
    /// <param name="Expires">Its own end.</param>
    /// <param name="Ends">Until when it is trusted without looking again.</param>
    internal sealed record Known(
        string CallerId,
        string? Name,
        TrustedIssuer? Issuer,
        IReadOnlyList<string> Scopes,
        IReadOnlyList<Role> Roles,
        DateTimeOffset? Expires,
        DateTimeOffset Ends
    )
    {
        public Caller ToCaller(HttpContext context) =>
            new(CallerKind.Jwt, CallerId, Roles, context)
            {
                Name = Name,
                Issuer = Issuer,
                Scopes = Scopes,
                Expires = Expires,
            };
    }
}
