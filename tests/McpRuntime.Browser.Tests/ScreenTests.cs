using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>
/// Every screen in every width and color scheme: nothing is beyond the right edge, axe finds nothing, and neither
/// script nor style breaks the content security policy.
/// </summary>
public class ScreenTests(Chromium chromium)
{
    private static readonly (string Screen, string Heading)[] Screens =
    [
        ("overview", "Overview"),
        ("connectors", "Connectors"),
        ("connectors/import", "Import an API"),
        ("connectors/-/shop", "shop"),
        ("connectors/pets/pet-shop", "Pet Shop"),
        ("tools/-", "Tools"),
        ("tools/-/get_item", "get_item"),
        ("tools/pets/add_pet", "add_pet"),
        ("calls", "Calls"),
        ("projects", "Projects"),
        ("projects/pets", "pets"),
        ("access", "Access"),
        ("credentials", "Credentials"),
        ("audit", "Audit"),
        ("log", "Log"),
        ("accounts", "My accounts"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 1920)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 1920)]
    public async Task Every_screen_fits_and_is_accessible(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await Axe.AddAsync(context);
        await using var shop = PetShopServer.Start();
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Shop(new Uri(shop.Origin)), Cancelled);
        await FillAsync(gateway, shop);
        var (page, watch) = await context.SignInAsync(gateway);
        var found = new List<string>();

        foreach (var (screen, heading) in Screens)
        {
            await page.GotoAsync($"{gateway.Url}/#/{screen}");
            await page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).First.WaitForAsync();
            await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);
            found.AddRange((await Axe.FindAsync(page)).Select(violation => $"{screen}: {violation}"));
            await page.AssertFitsAsync($"{screen.Replace('/', '_')}-{scheme}-{width}");
        }

        Assert.Empty(found);
        watch.AssertQuiet();
    }

    [Fact]
    public async Task The_windows_over_the_page_are_accessible()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await Axe.AddAsync(context);
        await using var shop = PetShopServer.Start();
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Shop(new Uri(shop.Origin)), Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);
        var found = new List<string>();

        foreach (
            var (screen, button) in new[]
            {
                ("Overview", "Drain…"),
                ("Overview", "Stop…"),
                ("Projects", "New project"),
                ("Access", "New token"),
            }
        )
        {
            await page.GoToAsync(screen);
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            found.AddRange((await Axe.FindAsync(page)).Select(violation => $"{button}: {violation}"));
            await page.Keyboard.PressAsync("Escape");
            await page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        Assert.Empty(found);
        watch.AssertQuiet();
    }

    // A project with a connector, a call that went well and one that failed.
    private static async Task FillAsync(GatewayProcess gateway, PetShopServer shop)
    {
        foreach (
            var (path, body) in new[]
            {
                ("/v1/projects", """{"name":"pets"}"""),
                ("/v1/projects/pets/imports", $$"""{"url":"{{shop.DocumentUrl}}"}"""),
                ("/v1/tools/get_item", """{"id":7}"""),
                ("/v1/tools/get_item", """{"id":"seven"}"""),
            }
        )
        {
            await gateway.PostAsync(path, body, Cancelled);
        }
    }
}
