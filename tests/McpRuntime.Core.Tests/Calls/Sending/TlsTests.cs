using System.Net;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Sending;

/// <summary>Which servers are believed.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task Issuers_of_the_bundle_are_trusted_and_no_one_elses()
    {
        using var certificate = _issuer.Issue("CN=api", IPAddress.Loopback);
        await using var trusting = Bench(certificate, _issuer.Roots);
        await trusting.SendAsync(CallBench.Tool("GET /x"));
        using var stranger = new TestCertificates();
        await using var other = Bench(certificate, stranger.Roots);
        Assert.Contains(
            "No secure connection",
            await other.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
        await using var without = Bench(certificate, null);
        Assert.Contains(
            "MCP_RUNTIME_CA_BUNDLE",
            await without.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Certificate_that_has_ended_is_refused_whoever_issued_it()
    {
        using var certificate = _issuer.Issue("CN=api", IPAddress.Loopback, ends: -1);
        await using var bench = Bench(certificate, _issuer.Roots);
        Assert.Contains(
            "No secure connection",
            await bench.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Certificate_of_another_server_is_refused_whoever_issued_it()
    {
        using var certificate = _issuer.Issue("CN=api", IPAddress.Parse("127.0.0.9"));
        await using var bench = Bench(certificate, _issuer.Roots);
        Assert.Contains(
            "No secure connection",
            await bench.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Certificate_of_a_client_makes_no_server()
    {
        using var certificate = _issuer.Issue("CN=127.0.0.1");
        await using var bench = Bench(certificate, _issuer.Roots);
        Assert.Contains(
            "No secure connection",
            await bench.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
    }

    private static CallBench Bench(X509Certificate2 certificate, X509Certificate2Collection? roots) =>
        new(
            RecordingUpstream.Start(UpstreamAnswer.Json("{}"), certificate),
            CallBench.Settings with
            {
                ExtraRoots = roots,
            }
        );
}
