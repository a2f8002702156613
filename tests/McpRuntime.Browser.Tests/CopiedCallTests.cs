using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>The call of a tool as a command for a shell.</summary>
public class CopiedCallTests(Chromium chromium)
{
    private const string Shell = "/usr/bin/bash";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copied_curl_command_calls_and_has_no_token_in_its_arguments()
    {
        Assert.SkipUnless(File.Exists(Shell) && File.Exists("/usr/bin/curl"), "There is no bash or curl.");
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Text("""{"id":1}"""));
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Orders(upstream.Url), Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);
        using var folder = new TemporaryFolder();
        // Writes its arguments, which all users of a machine see, and does its work.
        var watched = folder.Write(
            "curl",
            $"#!{Shell}\nprintf '%s\\n' \"$@\" > '{folder.Path}/seen'\nexec /usr/bin/curl -s \"$@\"\n"
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(watched, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await page.ChooseToolAsync("send_order");
        await page.GetByLabel("item (required)", new() { Exact = true }).FillAsync("""{"name": "Ada's lamp"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "curl", Exact = true }).ClickAsync();
        var command = await page.GetByLabel("curl", new() { Exact = true }).InnerTextAsync();
        var called = await ProcessRunner.RunAsync(
            Shell,
            ["-c", command],
            new Dictionary<string, string?>
            {
                ["MCP_RUNTIME_TOKEN"] = gateway.Token,
                ["PATH"] = $"{folder.Path}:/usr/bin:/bin",
            },
            cancellationToken: Cancelled
        );

        Assert.True(called.ExitCode == 0, called.ToString());
        Assert.Contains("Ada's lamp", Assert.Single(upstream.Requests).BodyText, StringComparison.Ordinal);
        var arguments = await File.ReadAllTextAsync(folder.PathOf("seen"), Cancelled);
        Assert.Contains("Ada's lamp", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Token, arguments, StringComparison.Ordinal);
        watch.AssertQuiet();
    }
}
