using System.Net;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration.Issuers;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Configuration;

/// <summary>Makes <see cref="GatewaySettings"/> of the environment.</summary>
internal static class GatewaySettingsReader
{
    /// <param name="variable">Reads one environment variable; null where it is not set.</param>
    /// <param name="runtime">Core's settings, read before; production refuses what development may do.</param>
    /// <param name="overrides">What flags said; they win over the environment.</param>
    /// <exception cref="SettingsException">A value cannot be used; all such values are named.</exception>
    public static GatewaySettings Read(
        Func<string, string?> variable,
        RuntimeSettings runtime,
        GatewayOverrides? overrides = null
    )
    {
        var values = new SettingValues(variable);
        var hosts = Hosts(values, runtime.IsDevelopment);
        var jwt = JwtSettingsReader.Read(values, runtime.IsDevelopment);
        var settings = new GatewaySettings
        {
            Addresses = Addresses(values, overrides?.Host),
            Port = overrides?.Port ?? (int)values.Whole("PORT", 8000, 0, 65535),
            PublicUrl = PublicUrl(values),
            AllowedHosts = hosts,
            AnyHost = hosts.Contains("*"),
            AllowedOrigins = Origins(values),
            TrustedProxies = values.Networks("TRUSTED_PROXIES"),
            Tls = Tls(values),
            MaxRequestBytes = values.Whole("MAX_REQUEST_BYTES", 4 * 1024 * 1024, 1024, 1L << 30),
            ShutdownTimeout = values.Seconds("SHUTDOWN_SECONDS", TimeSpan.FromSeconds(30), 3600),
            OpenLoopback = OpenLoopback(values) || overrides?.OpenLoopback == true,
            Jwt = jwt,
            Issuers = IssuersReader.Read(values, jwt),
            KeyRing = KeyRingSettingsReader.Read(values),
            RolesFile = values.Text("ROLES_FILE") is { } roles ? Path.GetFullPath(roles) : null,
            RequestsPerMinute = (int)values.Whole("RATE_LIMIT_REQUESTS_PER_MINUTE", 1200, 0, 10_000_000),
            Stateless = values.Flag("STATELESS", false),
            SessionIdle = values.Seconds("SESSION_IDLE_SECONDS", TimeSpan.FromMinutes(30), 86_400),
            MaxSessionsPerCaller = (int)values.Whole("MAX_SESSIONS_PER_CALLER", 1000, 1, 1_000_000),
            MaxSessions = (int)values.Whole("MAX_SESSIONS", 10_000, 1, 1_000_000),
            Database = DatabaseOf(values, runtime),
            TokenCache = TimeSpan.FromSeconds(values.Whole("TOKEN_CACHE_SECONDS", 600, 5, 86_400)),
            AccountLifetime = TimeSpan.FromDays(values.Whole("ACCOUNT_DAYS", 90, 1, 3650)),
            AuditDays = (int)values.Whole("AUDIT_DAYS", 90, 1, 3650),
        };
        if (settings.OpenLoopback)
            OpenLoopbackConflicts(values, settings);
        return values.Problems.Count == 0 ? settings : throw new SettingsException(values.Problems);
    }

    private static IReadOnlyList<IPAddress> Addresses(SettingValues values, string? flag)
    {
        var text = flag is { Length: > 0 } ? flag : values.Text("HOST");
        if (text is null)
            return [IPAddress.Loopback];
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return System.Net.Sockets.Socket.OSSupportsIPv6
                ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
                : [IPAddress.Loopback];
        if (IPAddress.TryParse(text, out var address))
            return [address];
        values.Object(
            $"{SettingValues.Prefix}HOST is '{text}'; expected an IP address of this machine, "
                + "e.g. 127.0.0.1, 0.0.0.0 or ::, or localhost."
        );
        return [IPAddress.Loopback];
    }

    private static bool OpenLoopback(SettingValues values)
    {
        if (values.Text("AUTHENTICATION") is not "auto")
            return values.OneOf("AUTHENTICATION", "required", "open-loopback") == "open-loopback";
        values.Object(
            $"{SettingValues.Prefix}AUTHENTICATION is 'auto', which was removed: every request needs a token "
                + $"by default. "
                + "Remove the variable, or set it to open-loopback to allow MCP clients on this machine "
                + "without a token."
        );
        return false;
    }

    // Each of these says that others than this machine's own programs call; nothing tells a request that a proxy of
    // this machine passed on from one of a local client.
    private static void OpenLoopbackConflicts(SettingValues values, GatewaySettings settings)
    {
        (bool IsSet, string Setting)[] conflicts =
        [
            (!settings.IsLoopbackOnly, "HOST is not a loopback address"),
            (settings.PublicUrl is not null, "PUBLIC_URL is set"),
            (settings.TrustedProxies.Count > 0, "TRUSTED_PROXIES is set"),
            (settings.AnyHost, "ALLOWED_HOSTS holds '*'"),
            (settings.Jwt.Authority is not null, "JWT_AUTHORITY is set"),
            (settings.Jwt.SecretKey is not null, "JWT_SECRET_KEY is set"),
            (settings.Issuers.Count > (settings.Jwt.Authority is null ? 0 : 1), "ISSUERS_FILE is set"),
            (settings.RolesFile is not null, "ROLES_FILE is set"),
        ];
        foreach (var (_, setting) in conflicts.Where(conflict => conflict.IsSet))
        {
            values.Object(
                $"open-loopback needs no token from MCP clients, but "
                    + $"{SettingValues.Prefix}{setting}, which is for authenticated callers. Remove one of the two."
            );
        }
    }

    private static Uri? PublicUrl(SettingValues values)
    {
        const string Allowed = "the http or https URL that clients use, without query, e.g. https://mcp.example.com";
        if (values.Text("PUBLIC_URL") is not { } text)
            return null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != "https" && url.Scheme != "http")
            || url.Query.Length > 0
            || url.Fragment.Length > 0
            || url.UserInfo.Length > 0
        )
            return values.Refuse<Uri?>("PUBLIC_URL", Allowed, null);
        return url;
    }

    private static HashSet<string> Hosts(SettingValues values, bool development)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var host in values.List("ALLOWED_HOSTS"))
        {
            if (host == "*" && !development)
                values.Object(
                    $"{SettingValues.Prefix}ALLOWED_HOSTS holds '*'; in production, list the names that clients use,"
                        + " because any other name is a sign of DNS rebinding."
                );
            else if (host != "*" && Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
                values.Object(
                    $"{SettingValues.Prefix}ALLOWED_HOSTS holds '{host}'; expected host names without scheme, "
                        + $"port or path."
                );
            hosts.Add(host);
        }
        return hosts;
    }

    private static HashSet<string> Origins(SettingValues values)
    {
        var origins = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var origin in values.List("ALLOWED_ORIGINS"))
        {
            if (
                !Uri.TryCreate(origin, UriKind.Absolute, out var url)
                || !origin.Equals(url.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            )
                values.Object(
                    $"{SettingValues.Prefix}ALLOWED_ORIGINS holds '{origin}'; expected origins such as "
                        + $"https://app.example.com, without a path."
                );
            origins.Add(origin);
        }
        return origins;
    }

    // The URL holds a password, so it is not shown when it is refused.
    private static DatabaseTarget DatabaseOf(SettingValues values, RuntimeSettings runtime)
    {
        if (values.Text("DATABASE_URL") is { } url)
        {
            if (DatabaseTarget.Postgres.TryParse(url) is { } postgres)
                return postgres;
            values.Object(
                $"{SettingValues.Prefix}DATABASE_URL cannot be used; expected "
                    + $"postgres://USER:PASSWORD@HOST:PORT/DATABASE, "
                    + "or nothing for a file in the data folder."
            );
        }
        return new DatabaseTarget.Sqlite(Path.Combine(runtime.DataFolder, "gateway", "gateway.db"));
    }

    private static TlsFiles? Tls(SettingValues values)
    {
        var certificate = values.Text("TLS_CERTIFICATE");
        var key = values.Text("TLS_KEY");
        foreach (var (name, path) in new[] { ("TLS_CERTIFICATE", certificate), ("TLS_KEY", key) })
        {
            if (path is not null && !File.Exists(path))
                values.Refuse(name, "the path of an existing PEM file", path);
        }
        if (certificate is null != key is null)
            values.Object(
                $"{SettingValues.Prefix}TLS_CERTIFICATE and {SettingValues.Prefix}TLS_KEY belong together; "
                    + $"only one is set."
            );
        return certificate is null || key is null
            ? null
            : new TlsFiles(Path.GetFullPath(certificate), Path.GetFullPath(key));
    }
}

/// <summary>Settings that a flag of the command gave; null where it gave none.</summary>
internal sealed record GatewayOverrides
{
    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>See <see cref="GatewaySettings.OpenLoopback"/>; false where the flag was not given.</summary>
    public bool OpenLoopback { get; init; }
}
