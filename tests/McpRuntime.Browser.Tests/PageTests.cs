using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>The gateway's page as its user sees it. <c>MCP_RUNTIME_TEST_SCREENSHOTS</c> names a folder to keep pictures in.</summary>
public class PageTests(Chromium chromium)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_user_signs_in_calls_a_tool_by_keyboard_and_sees_the_call(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"id":7,"name":"<b>lamp</b>"}"""));
        await using var gateway = await GatewayProcess.StartAsync(upstream.Url, Cancelled);
        var page = await context.NewPageAsync();
        var watch = PageWatch.Start(page, gateway.Url);
        await page.GotoAsync(gateway.Url);

        await page.GetByLabel("Token").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("This token is not accepted.").WaitForAsync();
        await page.GetByLabel("Token").FillAsync(gateway.Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Connectors" }).WaitForAsync();
        await page.GetByText("● good").WaitForAsync();
        await page.GetByText("as they happen").WaitForAsync();

        await page.GetByLabel("Find a tool").FillAsync("get_");
        await page.GetByRole(AriaRole.Button, new() { Name = "get_item" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("id (required)").FillAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Good, status 200").WaitForAsync();
        // Markup of an answer is text.
        await Expect(page.Locator("#result pre")).ToContainTextAsync("<b>lamp</b>");
        await page.Locator("#calls tr", new() { HasText = "get_item" }).First.GetByText("ok 200").WaitForAsync();

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"wider than {width} pixels");
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{scheme}-{width}.png"), FullPage = true });
        await page.ReloadAsync();
        await page.GetByText("● good").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByText("Not signed in").WaitForAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        watch.AssertQuiet();
    }
}
