using McpRuntime.Module.Tests.Examples;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Servers;

/// <summary>Connect-McpServer and the certificate of a server at a URL.</summary>
public sealed class ServerCertificateTests
{
    private const string Script = """
        Import-Module $env:TEST_MODULE
        try { (Get-McpTool -Server (Connect-McpServer -Uri https://mcp.example.com/mcp -BearerToken (ConvertTo-SecureString -AsPlainText typed))).Name }
        catch { "$_" }
        """;

    [Fact]
    public async Task An_issuer_is_trusted_that_the_bundle_names_and_no_other()
    {
        using var home = new TemporaryFolder();
        using var certificates = new TestCertificates();
        await using var web = new FakeWeb(certificates, ExampleWeb.Answer);
        var environment = await Pwsh.EnvironmentAsync(home.Path);
        environment["HTTPS_PROXY"] = environment["https_proxy"] = web.Proxy.AbsoluteUri;

        var unknown = await Pwsh.RunAsync(
            home.Path,
            ["-Command", Script],
            TestContext.Current.CancellationToken,
            environment
        );
        environment["MCP_RUNTIME_CA_BUNDLE"] = home.Write("ca.pem", certificates.RootPem);
        var trusted = await Pwsh.RunAsync(
            home.Path,
            ["-Command", Script],
            TestContext.Current.CancellationToken,
            environment
        );

        Assert.Contains("No secure connection to the MCP server:", unknown.Out, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CA_BUNDLE", unknown.Out, StringComparison.Ordinal);
        Assert.Equal("find", trusted.Out.Trim());
    }
}
