using System.Collections.Concurrent;
using McpRuntime.Testing;
using Microsoft.Playwright;

namespace McpRuntime.Browser.Tests;

/// <summary>The browser's part of <c>mcp-runtime login</c>, with a provider whose user presses a button.</summary>
public class SignInPageTests(Chromium chromium)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_user_allows_it_and_the_code_stays_in_neither_address_nor_history()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var provider = await ProviderProcess.StartAsync(Cancelled, asks: true);
        using var home = new TemporaryFolder();
        home.Write("connectors/notes.yaml", provider.Manifest("notes"));
        using var login = await LoginProcess.WaitAsync(Start(home), Cancelled);
        var page = await context.NewPageAsync();
        var visited = new ConcurrentQueue<string>();
        page.FrameNavigated += (_, frame) => visited.Enqueue(frame.Url);

        await page.GotoAsync(login.Url.AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Back to the program" }).WaitForAsync();
        var output = await login.EndAsync(Cancelled);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("as ada@example.com", output.Out, StringComparison.Ordinal);
        Assert.Equal($"http://127.0.0.1:{login.Url.Port}/done", page.Url);
        // The provider's page and the last one; the address with the code was never a page.
        Assert.Equal(2, visited.Count);
        Assert.DoesNotContain(visited, url =>
            url.Contains("/callback?", StringComparison.Ordinal) || url.Contains("?code=", StringComparison.Ordinal)
        );
        Assert.Empty(await context.CookiesAsync([login.Url.AbsoluteUri]));
    }

    private static System.Diagnostics.Process Start(TemporaryFolder home)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = RepositoryRoot.PathOf(
            "src",
            "McpRuntime.Stdio",
            "bin",
            own.Parent!.Name,
            own.Name,
            OperatingSystem.IsWindows() ? "mcp-runtime.exe" : "mcp-runtime"
        );
        return ProcessRunner.Start(
            program,
            ["login", "notes", "--no-browser", "--yes", "--scope", "openid", "--scope", "email"],
            new Dictionary<string, string?>
            {
                ["MCP_RUNTIME_CONNECTORS_DIR"] = home.PathOf("connectors"),
                ["MCP_RUNTIME_DATA_DIR"] = home.PathOf("data"),
                ["MCP_RUNTIME_CACHE_DIR"] = home.PathOf("cache"),
                ["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32",
                ["MCP_RUNTIME_CREDENTIAL_STORE"] = "file",
            },
            home.Path
        );
    }
}
