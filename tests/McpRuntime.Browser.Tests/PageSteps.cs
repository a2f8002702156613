using Microsoft.Playwright;

namespace McpRuntime.Browser.Tests;

/// <summary>What a user of the page does in most tests.</summary>
internal static class PageSteps
{
    /// <summary>Opens the page and signs in with a token.</summary>
    public static async Task<(IPage Page, PageWatch Watch)> SignInAsync(
        this IBrowserContext context,
        GatewayProcess gateway,
        string? token = null
    )
    {
        var page = await context.NewPageAsync();
        var watch = PageWatch.Start(page, gateway.Url);
        await page.GotoAsync(gateway.Url);
        await page.GetByLabel("Token").FillAsync(token ?? gateway.Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        return (page, watch);
    }

    /// <summary>Goes to a screen by the page's navigation, which narrow windows fold into a menu.</summary>
    public static async Task GoToAsync(this IPage page, string screen)
    {
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        if (await menu.IsVisibleAsync())
            await menu.ClickAsync();
        await page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = screen, Exact = true })
            .ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = screen, Exact = true }).First.WaitForAsync();
    }

    /// <summary>Chooses a tool from the list.</summary>
    public static async Task ChooseToolAsync(this IPage page, string name)
    {
        await page.GoToAsync("Tools");
        await page.Locator(".tool-list").GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).WaitForAsync();
    }

    /// <summary>The region in which a tool's answer is shown.</summary>
    public static ILocator Answer(this IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Answer" });

    /// <summary>
    /// Nothing is beyond the right edge. <c>MCP_RUNTIME_TEST_SCREENSHOTS</c> names a folder to keep pictures in, for
    /// those who want to look.
    /// </summary>
    public static async Task AssertFitsAsync(this IPage page, string picture)
    {
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), picture);
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{picture}.png"), FullPage = true });
    }
}
