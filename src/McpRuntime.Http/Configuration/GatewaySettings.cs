using System.Net;
using McpRuntime.Http.Configuration.Issuers;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Configuration;

/// <summary>
/// The settings that only the gateway has, read once at start next to Core's. The page of settings and
/// <c>.env.example</c> are made from these comments.
/// </summary>
internal sealed record GatewaySettings
{
    /// <summary>Address to listen on; <c>0.0.0.0</c> or <c>::</c> for all.</summary>
    /// <setting name="HOST" default="127.0.0.1"/>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback];

    /// <summary>Port to listen on; <c>0</c> for any free port.</summary>
    /// <setting name="PORT" default="8000"/>
    public int Port { get; init; } = 8000;

    /// <summary>
    /// The URL under which clients reach the gateway. It names the OAuth resource and is the audience that tokens must
    /// have; the Host header is never used for that.
    /// </summary>
    /// <setting name="PUBLIC_URL" otherwise="none"/>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// Additional names that a Host header may have, as a JSON list or separated by commas. The name of
    /// <c>PUBLIC_URL</c>, the address of a connection and, on loopback, localhost are always allowed. <c>["*"]</c>
    /// allows any, in development only.
    /// </summary>
    /// <setting name="ALLOWED_HOSTS" otherwise="none"/>
    public IReadOnlySet<string> AllowedHosts { get; init; } = new HashSet<string>();

    /// <summary><c>ALLOWED_HOSTS</c> holds <c>*</c>: any name; only in development.</summary>
    public bool AnyHost { get; init; }

    /// <summary>
    /// Web origins whose pages may call, as a JSON list or separated by commas. The gateway's own page needs no entry.
    /// </summary>
    /// <setting name="ALLOWED_ORIGINS" otherwise="none"/>
    public IReadOnlySet<string> AllowedOrigins { get; init; } = new HashSet<string>();

    /// <summary>Networks of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are trusted.</summary>
    /// <setting name="TRUSTED_PROXIES" otherwise="none"/>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The files to serve HTTPS with; null for plain HTTP.</summary>
    /// <setting name="TLS_CERTIFICATE" otherwise="none">
    /// PEM file of the certificate, followed by its chain, to serve HTTPS.
    /// </setting>
    /// <setting name="TLS_KEY" otherwise="none">PEM file of the certificate's private key.</setting>
    public TlsFiles? Tls { get; init; }

    /// <summary>Maximum size of a request body in bytes.</summary>
    /// <setting name="MAX_REQUEST_BYTES" default="4194304"/>
    public long MaxRequestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Seconds that running calls have to finish after a stop.</summary>
    /// <setting name="SHUTDOWN_SECONDS" default="30"/>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// <c>required</c>: every request needs a token. <c>open-loopback</c>: MCP clients that connect from this machine
    /// need none; nor do its other accounts, and everything that a proxy on this machine forwards. Management needs a
    /// token in both modes.
    /// </summary>
    /// <setting name="AUTHENTICATION" default="required"/>
    public bool OpenLoopback { get; init; }

    /// <summary><c>JWT_*</c>.</summary>
    public JwtSettings Jwt { get; init; } = new();

    /// <summary>
    /// <see href="docs/gateway/callers.md">Further issuers</see>, each with its audience, claims, sign-in and
    /// introspection.
    /// </summary>
    /// <setting name="ISSUERS_FILE" values="a JSON file" otherwise="none"/>
    public IReadOnlyList<TrustedIssuer> Issuers { get; init; } = [];

    /// <summary>Some JWTs are accepted.</summary>
    public bool AcceptsJwts => Jwt.SecretKey is not null || Issuers.Count > 0;

    /// <summary><c>KEY_RING_*</c>.</summary>
    public KeyRingSettings KeyRing { get; init; } = new();

    /// <summary>
    /// <see href="docs/gateway/callers.md">Roles</see>, their rights and the claims that are mapped to them.
    /// </summary>
    /// <setting
    ///   name="ROLES_FILE"
    ///   values="a JSON file"
    ///   otherwise="none; the roles admin, user and reader are built in"
    /// />
    public string? RolesFile { get; init; }

    /// <summary>Requests per minute per caller; bursts allowed. <c>0</c>: no limit.</summary>
    /// <setting name="RATE_LIMIT_REQUESTS_PER_MINUTE" default="1200"/>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>The database; parameters such as <c>?sslmode=require</c> may follow.</summary>
    /// <setting name="DATABASE_URL" otherwise="the SQLite file gateway/gateway.db in DATA_DIR"/>
    public required DatabaseTarget Database { get; init; }

    /// <summary>Days after which a connected account that no call used is disconnected.</summary>
    /// <setting name="ACCOUNT_DAYS" default="90"/>
    public TimeSpan AccountLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Seconds for which verified API tokens are accepted while the database is unavailable.</summary>
    /// <setting name="TOKEN_CACHE_SECONDS" default="600"/>
    public TimeSpan TokenCache { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Days for which audit entries are kept.</summary>
    /// <setting name="AUDIT_DAYS" default="90"/>
    public int AuditDays { get; init; } = 90;

    /// <summary>
    /// <c>true</c>: clients up to revision 2025-11-25 get no session, so that any replica can answer any request. They
    /// are not notified when the list of tools changes.
    /// </summary>
    /// <setting name="STATELESS" default="false"/>
    public bool Stateless { get; init; }

    /// <summary>Seconds after which an idle session ends.</summary>
    /// <setting name="SESSION_IDLE_SECONDS" default="1800"/>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Maximum number of sessions; beyond it, the longest idle one ends.</summary>
    /// <setting name="MAX_SESSIONS" default="10000"/>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>
    /// Maximum number of sessions, and of open streams and live views, per caller; beyond it, the caller's longest idle
    /// session ends.
    /// </summary>
    /// <setting name="MAX_SESSIONS_PER_CALLER" default="1000"/>
    public int MaxSessionsPerCaller { get; init; } = 1000;

    /// <summary>Nothing outside of this machine can connect.</summary>
    public bool IsLoopbackOnly => Addresses.All(IPAddress.IsLoopback);
}

/// <param name="Certificate">PEM file of the certificate, followed by its chain.</param>
/// <param name="Key">PEM file of the private key.</param>
internal sealed record TlsFiles(string Certificate, string Key);
