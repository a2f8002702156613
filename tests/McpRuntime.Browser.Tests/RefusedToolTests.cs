using System.Text;
using McpRuntime.Connectors.Registry;
using McpRuntime.Locks;
using McpRuntime.Testing;
using McpRuntime.Validation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>What a lock refuses, on the page of those who may see it.</summary>
public class RefusedToolTests(Chromium chromium)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connector_says_which_tools_are_refused_and_how_to_review_them()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await Axe.AddAsync(context);
        var manifest = Manifests.Shop(new Uri("https://shop.example"));
        await using var gateway = await GatewayProcess.StartAsync(manifest, Cancelled, home =>
            [("LOCK", Review(home, manifest.Replace("GET /items", "GET /lamps", StringComparison.Ordinal)))]
        );
        var (page, watch) = await context.SignInAsync(gateway);

        await page.GotoAsync($"{gateway.Url}/#/connectors/-/shop");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Not served: not what was reviewed" }).WaitForAsync();

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "State" })).ToContainTextAsync("not reviewed");
        await Expect(page.GetByText("endpoint was 'GET /lamps")).ToHaveCountAsync(1);
        await Expect(page.GetByText("mcp-runtime-http lock --connector shop", new() { Exact = true }))
            .ToBeVisibleAsync();
        Assert.Empty(await Axe.FindAsync(page));
        await page.AssertFitsAsync("connectors_refused");
        watch.AssertQuiet();
    }

    private static string Review(TemporaryFolder home, string manifest)
    {
        var path = home.PathOf("tools.lock");
        var reviewed = ManifestReader.Read(Encoding.UTF8.GetBytes(manifest), "shop").Manifest!;
        new LockUpdate(ToolLock.Of(path, [reviewed]), IsNew: true, []).Save();
        return path;
    }
}
