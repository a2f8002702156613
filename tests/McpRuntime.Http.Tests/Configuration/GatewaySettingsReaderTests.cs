using System.Net;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Configuration;

public class GatewaySettingsReaderTests
{
    [Fact]
    public void Without_variables_only_this_machine_can_connect()
    {
        var settings = Read();

        Assert.Equal([IPAddress.Loopback], settings.Addresses);
        Assert.True(settings.IsLoopbackOnly);
        Assert.Equal(8000, settings.Port);
        Assert.Empty(settings.AllowedHosts);
        Assert.False(settings.AnyHost);
        Assert.Empty(settings.AllowedOrigins);
        Assert.Empty(settings.TrustedProxies);
        Assert.Null(settings.PublicUrl);
        Assert.Null(settings.Tls);
        Assert.Equal(4 * 1024 * 1024, settings.MaxRequestBytes);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.ShutdownTimeout);
        Assert.False(settings.OpenLoopback);
        Assert.False(settings.AcceptsJwts);
        Assert.Null(settings.RolesFile);
        Assert.Null(settings.KeyRing.Key);
        Assert.Equal(1200, settings.RequestsPerMinute);
        Assert.EndsWith("gateway.db", settings.Database.ToString());
        Assert.Equal(90, settings.AuditDays);
        Assert.Equal(TimeSpan.FromDays(90), settings.AccountLifetime);
        Assert.False(settings.Stateless);
        Assert.Equal(TimeSpan.FromMinutes(30), settings.SessionIdle);
        Assert.Equal(10_000, settings.MaxSessions);
    }

    [Fact]
    public void Every_variable_reaches_its_setting()
    {
        using var folder = new TemporaryFolder();
        var certificate = folder.Write("cert.pem", "");
        var key = folder.Write("key.pem", "");
        var settings = Read(
            ("HOST", "0.0.0.0"),
            ("PORT", "0"),
            ("PUBLIC_URL", "https://mcp.example.com"),
            ("ALLOWED_HOSTS", """["a.example","b.example"]"""),
            ("ALLOWED_ORIGINS", "https://app.example"),
            ("TRUSTED_PROXIES", "10.0.0.0/8"),
            ("TLS_CERTIFICATE", certificate),
            ("TLS_KEY", key),
            ("MAX_REQUEST_BYTES", "2048"),
            ("SHUTDOWN_SECONDS", "1.5"),
            ("AUTHENTICATION", "required"),
            ("JWT_SECRET_KEY", "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB"),
            ("JWT_AUTHORITY", "https://login.example"),
            ("JWT_ISSUER", "me"),
            ("JWT_AUDIENCE", "you"),
            ("JWT_ROLES_CLAIM", "groups"),
            ("ROLES_FILE", Path.Combine(folder.Path, "roles.json")),
            ("RATE_LIMIT_REQUESTS_PER_MINUTE", "0"),
            ("DATABASE_URL", "postgres://me:hidden@db.example:5433/state?sslmode=verify-full"),
            ("AUDIT_DAYS", "7"),
            ("ACCOUNT_DAYS", "30"),
            ("TOKEN_CACHE_SECONDS", "60"),
            ("STATELESS", "true"),
            ("SESSION_IDLE_SECONDS", "60"),
            ("MAX_SESSIONS", "5"),
            ("MAX_SESSIONS_PER_CALLER", "4")
        );

        Assert.Equal([IPAddress.Any], settings.Addresses);
        Assert.False(settings.IsLoopbackOnly);
        Assert.Equal(0, settings.Port);
        Assert.Equal(new Uri("https://mcp.example.com"), settings.PublicUrl);
        Assert.Equal(["a.example", "b.example"], settings.AllowedHosts.Order());
        Assert.Equal(["https://app.example"], settings.AllowedOrigins);
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8")], settings.TrustedProxies);
        Assert.Equal(new TlsFiles(certificate, key), settings.Tls);
        Assert.Equal(2048, settings.MaxRequestBytes);
        Assert.Equal(TimeSpan.FromSeconds(1.5), settings.ShutdownTimeout);
        Assert.False(settings.OpenLoopback);
        Assert.Equal(256, settings.Jwt.SecretKey!.KeySize);
        Assert.Equal(new Uri("https://login.example"), settings.Jwt.Authority);
        Assert.Equal("me", settings.Jwt.Issuer);
        Assert.Equal("you", settings.Jwt.Audience);
        Assert.Equal("groups", settings.Jwt.RolesClaim);
        Assert.Equal(Path.Combine(folder.Path, "roles.json"), settings.RolesFile);
        Assert.Equal(0, settings.RequestsPerMinute);
        Assert.Equal("postgres://***@db.example:5433/state", settings.Database.ToString());
        Assert.Equal(7, settings.AuditDays);
        Assert.Equal(TimeSpan.FromDays(30), settings.AccountLifetime);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.TokenCache);
        Assert.True(settings.Stateless);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.SessionIdle);
        Assert.Equal((5, 4), (settings.MaxSessions, settings.MaxSessionsPerCaller));
    }

    [Fact]
    public void Any_host_is_for_development_alone()
    {
        var variables = Variables(("ALLOWED_HOSTS", """["*"]"""));

        Assert.True(GatewaySettingsReader.Read(variables, Runtime(development: true)).AnyHost);
        Assert.Contains("DNS rebinding", Refusal(() => GatewaySettingsReader.Read(variables, Runtime())));
    }

    [Theory]
    [InlineData("HOST", "example.com", "IP address")]
    [InlineData("PORT", "70000", "0 to 65535")]
    [InlineData("PUBLIC_URL", "mcp.example.com", "http or https")]
    [InlineData("PUBLIC_URL", "https://mcp.example.com/?a=b", "without query")]
    [InlineData("ALLOWED_HOSTS", "[1]", "JSON list")]
    [InlineData("ALLOWED_HOSTS", "https://a.example", "without scheme")]
    [InlineData("ALLOWED_ORIGINS", "https://app.example/path", "without a path")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/99", "CIDR")]
    [InlineData("TLS_KEY", "/nowhere/key.pem", "PEM file")]
    [InlineData("MAX_REQUEST_BYTES", "1", "1024 to")]
    [InlineData("SHUTDOWN_SECONDS", "0", "above 0")]
    [InlineData("AUTHENTICATION", "never", "required, open-loopback")]
    [InlineData("JWT_AUTHORITY", "http://login.example", "https URL")]
    [InlineData("RATE_LIMIT_REQUESTS_PER_MINUTE", "-1", "0 to")]
    [InlineData("AUDIT_DAYS", "0", "1 to 3650")]
    [InlineData("ACCOUNT_DAYS", "0", "1 to 3650")]
    [InlineData("TOKEN_CACHE_SECONDS", "4", "5 to 86400")]
    public void A_wrong_value_is_named_with_what_is_allowed(string name, string value, string allowed)
    {
        var message = Refusal(() => Read((name, value)));

        Assert.Contains("MCP_RUNTIME_" + name, message);
        Assert.Contains(value, message);
        Assert.Contains(allowed, message);
    }

    [Theory]
    [InlineData("DATABASE_URL", "mysql://me:hidden@db.example/state", false)]
    [InlineData("DATABASE_URL", "postgres://me:hidden@db.example/", false)]
    [InlineData("DATABASE_URL", "postgres://me:hidden@db.example/state?nonsense=1", false)]
    [InlineData("JWT_SECRET_KEY", "hidden", true)]
    [InlineData("JWT_SECRET_KEY", "hiddenhiddenhiddenhiddenhiddenhidden", false)]
    [InlineData("JWT_SECRET_KEY", "a-very-long-and-various-hidden-secret-key-0123", false)]
    public void A_wrong_secret_is_refused_without_being_shown(string name, string value, bool development)
    {
        var message = Refusal(() => GatewaySettingsReader.Read(Variables((name, value)), Runtime(development)));

        Assert.Contains("MCP_RUNTIME_" + name, message);
        Assert.DoesNotContain("hidden", message);
    }

    [Fact]
    public void All_wrong_values_are_named_at_once() =>
        Assert.Equal(2, Assert.Throws<SettingsException>(() => Read(("PORT", "x"), ("HOST", "y"))).Problems.Count);

    private static string Refusal(Action read) => Assert.Throws<SettingsException>(read).Message;

    private static GatewaySettings Read(params (string Name, string Value)[] variables) =>
        GatewaySettingsReader.Read(Variables(variables), Runtime());

    private static RuntimeSettings Runtime(bool development = false) =>
        new()
        {
            IsDevelopment = development,
            ConnectorsFolder = "/c",
            DataFolder = "/d",
        };

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.Where(v => "MCP_RUNTIME_" + v.Name == name).Select(v => v.Value).FirstOrDefault();
}
