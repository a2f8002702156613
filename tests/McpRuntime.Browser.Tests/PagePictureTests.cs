using McpRuntime.Testing;
using Microsoft.Playwright;

namespace McpRuntime.Browser.Tests;

/// <summary>
/// The pictures of the gateway's page in the README, of a gateway with the sample API. <c>eng/pictures.ps1</c> takes them
/// again; otherwise this checks that they can be taken.
/// </summary>
public class PagePictureTests(Chromium chromium)
{
    // Larger files make the README slow to open.
    private const int LargestBytes = 200_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, "gateway.png")]
    [InlineData(ColorScheme.Dark, "gateway-dark.png")]
    public async Task The_picture_of_the_page_shows_a_tool_and_its_answer(ColorScheme scheme, string name)
    {
        await using var context = await chromium.OpenAsync(scheme, width: 1200);
        await using var shop = PetShopServer.Start();
        await using var gateway = await GatewayProcess.StartAsync(connector: null, Cancelled);
        await gateway.PostAsync("/v1/projects", """{"name":"shop-front"}""", Cancelled);
        await gateway.PostAsync("/v1/projects/shop-front/imports", $$"""{"url":"{{shop.DocumentUrl}}"}""", Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);
        await page.SetViewportSizeAsync(1200, 820);
        await page.ChooseToolAsync("list_pets");
        await page.GetByLabel("species").SelectOptionAsync("dog");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.GetByText("Good, status 200").WaitForAsync();
        await page.EvaluateAsync("window.scrollTo(0, 0)");

        var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });

        watch.AssertQuiet();
        Assert.InRange(picture.Length, 10_000, LargestBytes);
        var file = RepositoryRoot.PathOf("docs", "pictures", name);
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_DRAW_PICTURES") == "true")
            await File.WriteAllBytesAsync(file, picture, Cancelled);
        Assert.InRange(new FileInfo(file).Length, 1, LargestBytes);
    }
}
