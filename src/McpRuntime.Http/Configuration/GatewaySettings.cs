using System.Net;
using McpRuntime.Http.Configuration.Issuers;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Configuration;

/// <summary>
/// The settings that only the gateway has, read once at start next to Core's. <c>.env.example</c> describes each for
/// operators.
/// </summary>
internal sealed record GatewaySettings
{
    /// <summary><c>HOST</c>: the addresses to listen on; loopback unless a user says otherwise.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback];

    /// <summary><c>PORT</c>; 0 takes any free one.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>
    /// <c>PUBLIC_URL</c>: where clients reach the gateway; names the OAuth resource and is the audience.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary><c>ALLOWED_HOSTS</c>: further names that a Host header may carry, lower case.</summary>
    public IReadOnlySet<string> AllowedHosts { get; init; } = new HashSet<string>();

    /// <summary><c>ALLOWED_HOSTS</c> holds <c>*</c>: any name; only in development.</summary>
    public bool AnyHost { get; init; }

    /// <summary>
    /// <c>ALLOWED_ORIGINS</c>: other web origins whose pages may call, e.g. <c>https://app.example.com</c>.
    /// </summary>
    public IReadOnlySet<string> AllowedOrigins { get; init; } = new HashSet<string>();

    /// <summary><c>TRUSTED_PROXIES</c>: networks whose X-Forwarded-For and X-Forwarded-Proto are trusted.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary><c>TLS_CERTIFICATE</c> and <c>TLS_KEY</c>, PEM files; null for plain HTTP.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary><c>MAX_REQUEST_BYTES</c>: the largest body that is read.</summary>
    public long MaxRequestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary><c>SHUTDOWN_SECONDS</c>: how long running calls may take to finish after a stop.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// <c>AUTHENTICATION</c> is <c>open-loopback</c>: MCP clients that connect from this machine need no token. Only an
    /// explicit choice; the default is that every request needs one.
    /// </summary>
    public bool OpenLoopback { get; init; }

    /// <summary><c>JWT_*</c>.</summary>
    public JwtSettings Jwt { get; init; } = new();

    /// <summary>Whose tokens are accepted, besides our own: <c>ISSUERS_FILE</c> and <c>JWT_AUTHORITY</c>.</summary>
    public IReadOnlyList<TrustedIssuer> Issuers { get; init; } = [];

    /// <summary>Some JWTs are accepted.</summary>
    public bool AcceptsJwts => Jwt.SecretKey is not null || Issuers.Count > 0;

    /// <summary><c>KEY_RING_*</c>.</summary>
    public KeyRingSettings KeyRing { get; init; } = new();

    /// <summary><c>ROLES_FILE</c>; null for the built-in roles alone.</summary>
    public string? RolesFile { get; init; }

    /// <summary><c>RATE_LIMIT_REQUESTS_PER_MINUTE</c> of one caller; 0 for no limit.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary><c>DATABASE_URL</c>; a file in the data folder without it.</summary>
    public required DatabaseTarget Database { get; init; }

    /// <summary><c>ACCOUNT_DAYS</c>: connected accounts that no call used for so long are removed.</summary>
    public TimeSpan AccountLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// <c>TOKEN_CACHE_SECONDS</c>: how long verified API tokens are accepted while the database does not answer.
    /// </summary>
    public TimeSpan TokenCache { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>AUDIT_DAYS</c>: how long entries of the audit are kept.</summary>
    public int AuditDays { get; init; } = 90;

    /// <summary>
    /// <c>STATELESS</c>: no sessions, so that any replica behind a load balancer can answer any request.
    /// </summary>
    public bool Stateless { get; init; }

    /// <summary><c>SESSION_IDLE_SECONDS</c>: a session without a request or a stream ends after this.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>MAX_SESSIONS</c>; beyond it the longest idle one ends.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary><c>MAX_SESSIONS_PER_CALLER</c>; beyond it the caller's own longest idle one ends.</summary>
    public int MaxSessionsPerCaller { get; init; } = 1000;

    /// <summary>Nothing outside of this machine can connect.</summary>
    public bool IsLoopbackOnly => Addresses.All(IPAddress.IsLoopback);
}

/// <param name="Certificate">PEM file of the certificate, followed by its chain.</param>
/// <param name="Key">PEM file of the private key.</param>
internal sealed record TlsFiles(string Certificate, string Key);
