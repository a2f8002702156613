using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>TLS of its own, and proxies in front, as sockets see them.</summary>
public class TlsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task With_a_certificate_it_speaks_https_and_nothing_else(string version)
    {
        using var home = new TemporaryFolder();
        using var certificate = Write(home);
        await using var gateway = await RunningGateway.StartAsync(
            [("TLS_CERTIFICATE", home.PathOf("certificate.pem")), ("TLS_KEY", home.PathOf("key.pem"))],
            home
        );
        byte[]? seen = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
        {
            seen = shown!.GetRawCertData();
            return errors == SslPolicyErrors.RemoteCertificateChainErrors;
        };
        using var client = new HttpClient(handler)
        {
            BaseAddress = gateway.Url,
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Token);

        Assert.Equal("https", gateway.Url.Scheme);
        Assert.Contains("echo", (await client.JsonAsync(Modern("tools/list"))).ToolNames());
        using (var live = await client.GetAsync("/health/live", Cancelled))
            Assert.Equal("max-age=31536000", live.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal(certificate.RawData, seen);
        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            plain.GetAsync($"http://{gateway.Url.Authority}/health/live", Cancelled)
        );
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_refused_at_start()
    {
        using var home = new TemporaryFolder();
        using var certificate = Write(home);
        using var other = RSA.Create(2048);
        home.Write("key.pem", other.ExportPkcs8PrivateKeyPem());

        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            RunningGateway.StartAsync(
                [("TLS_CERTIFICATE", home.PathOf("certificate.pem")), ("TLS_KEY", home.PathOf("key.pem"))],
                home
            )
        );

        Assert.Contains("certificate.pem", refused.Message);
        Assert.DoesNotContain("PRIVATE", refused.Message);
    }

    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.9, 127.0.0.7", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "127.0.0.1")]
    public async Task The_address_of_a_client_is_what_a_trusted_proxy_says(
        string trusted,
        string forwarded,
        string address
    )
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("TRUSTED_PROXIES", $"[\"{trusted}\"]")],
            home
        );
        using var admin = gateway.Admin();
        using var call = Call("get_item", """{"id":7}""");
        call.Headers.Add("X-Forwarded-For", forwarded);
        call.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await admin.SendAsync(call, Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            trusted.StartsWith("127", StringComparison.Ordinal),
            answer.Headers.Contains("Strict-Transport-Security")
        );
        Assert.Equal(address, (await Audit.CallsAsync(admin, 1))[0].Text("address"));
    }

    private static X509Certificate2 Write(TemporaryFolder home)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        home.Write("certificate.pem", certificate.ExportCertificatePem());
        home.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
