using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;

namespace McpRuntime.Tests.Credentials;

/// <summary>mutual_tls, against a server that turns clients without a certificate away.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string Passphrase = "correct horse";

    private readonly TestCertificates _issuer = new();
    private readonly X509Certificate2 _server;
    private readonly X509Certificate2 _client;

    public ClientCertificateTests()
    {
        _server = _issuer.Issue("CN=api", IPAddress.Loopback);
        _client = _issuer.Issue("CN=client of tests");
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
        _issuer.Dispose();
    }

    public static TheoryData<string> Forms =>
        ["pem", "one pem", "encrypted pem", "pkcs12", "encrypted pkcs12", "pkcs12 file"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Certificate_is_shown_in_the_handshake(string form)
    {
        await using var bench = Bench();
        Set(bench, form);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal("CN=client of tests", Assert.Single(bench.Upstream.Clients));
    }

    [Fact]
    public async Task Without_one_the_way_to_set_it_is_named_and_nothing_sent()
    {
        await using var bench = Bench();
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("scheme 's' (mutual_tls)", message, StringComparison.Ordinal);
        Assert.Contains(
            "MCP_RUNTIME_CREDENTIAL__API__S__CERTIFICATE and MCP_RUNTIME_CREDENTIAL__API__S__PRIVATE_KEY",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__API__S__PKCS12", message, StringComparison.Ordinal);
        bench.Connector = bench.Connector with { Security = [] };
        Assert.True((await bench.CallAsync(CallBench.Tool("GET /x"))).IsError);
        Assert.Empty(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Certificate_goes_to_no_origin_that_it_was_not_set_for()
    {
        await using var bench = Bench();
        Set(bench, "pem");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", "https://api.example");
        Assert.Contains("not approved", await bench.RefusedAsync(CallBench.Tool("GET /x")), StringComparison.Ordinal);
        Assert.Empty(bench.Upstream.Clients);
    }

    [Fact]
    public async Task Plain_http_cannot_ask_for_one()
    {
        await using var bench = Bench();
        Set(bench, "pem");
        bench.Connector = bench.Connector with
        {
            BaseUrl = bench.Upstream.Url.ToString().Replace("https", "http", StringComparison.Ordinal),
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Connector.BaseUrl);
        Assert.Contains(
            "not an https server",
            await bench.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Certificate_that_cannot_be_used_is_explained_without_being_shown()
    {
        await using var bench = Bench();
        Set(bench, "encrypted pem");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__PASSPHRASE", "wrong-passphrase");
        var wrong = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("cannot be read", wrong, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__API__S__PASSPHRASE", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-passphrase", wrong, StringComparison.Ordinal);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__CERTIFICATE", "no certificate");
        Assert.Contains(
            "BEGIN CERTIFICATE",
            await bench.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
        using var ended = _issuer.Issue("CN=ended", ends: -1);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__CERTIFICATE", ended.ExportCertificatePem());
        bench.Set(
            "MCP_RUNTIME_CREDENTIAL__API__S__PRIVATE_KEY",
            ended.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()
        );
        bench.Unset("MCP_RUNTIME_CREDENTIAL__API__S__PASSPHRASE");
        Assert.Contains("expired on", await bench.RefusedAsync(CallBench.Tool("GET /x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_of_one_connector_carries_no_call_of_another()
    {
        await using var bench = Bench();
        Set(bench, "pem");
        await bench.SendAsync(CallBench.Tool("GET /x"));
        bench.Connector = bench.Connector with { Name = "other", Security = [] };
        Assert.True((await bench.CallAsync(CallBench.Tool("GET /x"))).IsError);
        Assert.Single(bench.Upstream.Requests);
    }

    private CallBench Bench()
    {
        var bench = new CallBench(
            RecordingUpstream.Start(UpstreamAnswer.Json("{}"), _server, demandsCertificate: true),
            CallBench.Settings with
            {
                ExtraRoots = _issuer.Roots,
            }
        );
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["s"] = new MutualTlsScheme() },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["s"] = [] })],
        };
        return bench;
    }

    private void Set(CallBench bench, string form)
    {
        const string Field = "MCP_RUNTIME_CREDENTIAL__API__S__";
        var origins = Origins(bench);
        bench.Set(Field + "ORIGINS", origins);
        var key = _client.GetECDsaPrivateKey()!;
        switch (form)
        {
            case "one pem":
                bench.Set(
                    Field + "CERTIFICATE",
                    $"{key.ExportPkcs8PrivateKeyPem()}\n{_client.ExportCertificatePem()}\n{_issuer.RootPem}"
                );
                break;
            case "pkcs12":
                bench.Set(Field + "PKCS12", Convert.ToBase64String(_client.Export(X509ContentType.Pkcs12)));
                break;
            case "encrypted pkcs12":
                bench.Set(Field + "PKCS12", Convert.ToBase64String(_client.Export(X509ContentType.Pkcs12, Passphrase)));
                bench.Set(Field + "PASSPHRASE", Passphrase);
                break;
            case "pkcs12 file":
                bench.Unset(Field + "ORIGINS");
                File.WriteAllBytes(bench.Folder.PathOf(Field + "PKCS12"), _client.Export(X509ContentType.Pkcs12));
                bench.Folder.Write(Field + "ORIGINS", origins);
                break;
            case "encrypted pem":
                var options = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);
                bench.Set(Field + "CERTIFICATE", _client.ExportCertificatePem());
                bench.Set(Field + "PRIVATE_KEY", key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, options));
                bench.Set(Field + "PASSPHRASE", Passphrase);
                break;
            default:
                bench.Set(Field + "CERTIFICATE", _client.ExportCertificatePem());
                bench.Set(Field + "PRIVATE_KEY", key.ExportPkcs8PrivateKeyPem());
                break;
        }
    }

    private static string Origins(CallBench bench) => bench.Upstream.Url.ToString();
}
