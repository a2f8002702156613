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
            ("SHUTDOWN_SECONDS", "1.5"));

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
    }

    [Fact]
    public void Any_host_is_for_development_alone()
    {
        var variables = Variables(("ALLOWED_HOSTS", """["*"]"""));

        Assert.True(GatewaySettingsReader.Read(variables, development: true).AnyHost);
        Assert.Contains("DNS rebinding", Refusal(() => GatewaySettingsReader.Read(variables, development: false)));
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
    public void A_wrong_value_is_named_with_what_is_allowed(string name, string value, string allowed)
    {
        var message = Refusal(() => Read((name, value)));

        Assert.Contains("MCP_RUNTIME_" + name, message);
        Assert.Contains(value, message);
        Assert.Contains(allowed, message);
    }

    [Fact]
    public void All_wrong_values_are_named_at_once() =>
        Assert.Equal(2, Assert.Throws<SettingsException>(() => Read(("PORT", "x"), ("HOST", "y"))).Problems.Count);

    [Fact]
    public void The_example_file_documents_exactly_the_variables_that_are_read()
    {
        var asked = new SortedSet<string>(StringComparer.Ordinal);
        SettingsReader.Read(Ask);
        GatewaySettingsReader.Read(Ask, development: false);

        var documented = File.ReadLines(Path.Combine(RepositoryRoot.Path, ".env.example"))
            .Where(line => line.StartsWith("#MCP_RUNTIME_", StringComparison.Ordinal))
            .Select(line => line[1..line.IndexOf('=', StringComparison.Ordinal)])
            .Where(name => !name.Contains("__", StringComparison.Ordinal));
        Assert.Equal(asked, documented.Order(StringComparer.Ordinal));

        string? Ask(string name)
        {
            if (name.StartsWith("MCP_RUNTIME_", StringComparison.Ordinal))
                asked.Add(name);
            return null;
        }
    }

    private static string Refusal(Action read) => Assert.Throws<SettingsException>(read).Message;

    private static GatewaySettings Read(params (string Name, string Value)[] variables) =>
        GatewaySettingsReader.Read(Variables(variables), development: false);

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) => name =>
        variables.Where(v => "MCP_RUNTIME_" + v.Name == name).Select(v => v.Value).FirstOrDefault();
}
