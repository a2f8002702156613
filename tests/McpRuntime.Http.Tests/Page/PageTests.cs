using McpRuntime.Http.Hosting;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.Page;

/// <summary>The page in a real browser.</summary>
public class PageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_looks_calls_a_tool_and_sees_the_call()
    {
        var node = External.Node();
        var chromium = External.Program("chromium");
        External.Package("playwright-core", "package.json");
        await using var upstream = Manifests.Upstream("""{"id":7,"name":"<b>lamp</b>"}""");
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        home.Write("connectors/broken.yaml", "connector: { name: broken, tools: 7 }");
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var shots = Environment.GetEnvironmentVariable("MCP_TEST_SCREENSHOTS") ?? home.PathOf("shots");
        Directory.CreateDirectory(shots);

        var run = await ProcessRunner.RunAsync(
            node,
            [Path.Combine(External.Folder, "page-check.mjs"), gateway.Url.AbsoluteUri, gateway.Token!, shots, chromium],
            cancellationToken: Cancelled);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(5, Directory.GetFiles(shots, "*.png").Length);
    }

    [Fact]
    public async Task The_page_runs_only_its_own_script_and_asks_nobody_else()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/", Cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Matches("script-src 'sha256-[^']{44}'; style-src 'sha256-[^']{44}'; connect-src 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotMatch("(src|href)=\"?http", await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
