using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

/// <summary>The official conformance suite against the real gateway.</summary>
public partial class ConformanceTests
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Every_scored_check_passes(string revision)
    {
        var node = External.Node();
        var suite = External.Package("@modelcontextprotocol", "conformance", "dist", "index.js");
        using var results = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(
            [("AUTHENTICATION", "open-loopback")],
            change: parts => parts with { ChangeServer = Fixture.Change, BuiltIns = Fixture.Listed }
        );

        var run = await ProcessRunner.RunAsync(
            node,
            [suite, "server", "--url", gateway.Url.AbsoluteUri + "mcp", "--requirements", revision, "-o", results.Path],
            cancellationToken: TestContext.Current.CancellationToken
        );

        // The suite's exit code leaves out what is not scored, such as extensions.
        Assert.True(run.ExitCode == 0, $"{run}\n{Failures(results.Path)}");
        Assert.True(Passed().Matches(run.Out).Sum(match => int.Parse(match.Groups[1].Value)) >= 80, run.Out);
    }

    private static string Failures(string folder) =>
        string.Join(
            '\n',
            Directory
                .GetFiles(folder, "checks.json", SearchOption.AllDirectories)
                .Where(file => !file.Contains("tasks-", StringComparison.Ordinal))
                .SelectMany(file => JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray())
                .Where(check => check.GetProperty("status").GetString() == "FAILURE")
        );

    [GeneratedRegex(": (\\d+) passed")]
    private static partial Regex Passed();
}
