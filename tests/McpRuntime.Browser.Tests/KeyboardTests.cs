using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>The page without a mouse.</summary>
public class KeyboardTests(Chromium chromium)
{
    // What has the focus when a heading appears. An observer is told before the page does anything else.
    private const string RecordFocus = """
        () => {
            window.focused = [];
            const seen = new Set(document.querySelectorAll("h1, #tool-name"));
            const record = () => {
                for (const heading of document.querySelectorAll("h1, #tool-name")) {
                    if (seen.has(heading)) continue;
                    seen.add(heading);
                    focused.push(document.activeElement.textContent);
                }
            };
            new MutationObserver(record).observe(document.body, { childList: true, subtree: true });
        }
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tool_is_found_and_called_by_keys_alone()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"id":7}"""));
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Shop(upstream.Url), Cancelled);
        var page = await context.NewPageAsync();
        await page.GotoAsync(gateway.Url);

        // The first field has the focus.
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(gateway.Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Tools", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        // A screen begins at its heading, so the next stop is its first field.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Tools" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "get_item" }).WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("Search")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("get_");
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "get_item" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "get_item" })).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByLabel("id (required)"));
        await page.Keyboard.TypeAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Good, status 200").WaitForAsync();

        Assert.Equal("/items/7", Assert.Single(upstream.Requests).Target);
    }

    [Fact]
    public async Task A_heading_has_the_focus_as_soon_as_it_is_shown()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Shop(upstream.Url), Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);
        await page.EvaluateAsync(RecordFocus);

        foreach (var screen in new[] { "Connectors", "Calls", "Log" })
            await page.GoToAsync(screen);
        await page.ChooseToolAsync("get_item");

        // A focus that comes later leaves the field in which the user types by then.
        Assert.Equal(
            ["Connectors", "Calls", "Log", "Tools", "get_item"],
            await page.EvaluateAsync<string[]>("focused")
        );
        watch.AssertQuiet();
    }

    [Fact]
    public async Task Stopping_asks_first_and_escape_goes_back()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Shop(upstream.Url), Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);
        var stop = page.GetByRole(AriaRole.Button, new() { Name = "Stop…" });

        await stop.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Stop the gateway?" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(stop).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Drain…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Drain", Exact = true }).ClickAsync();
        await page.GetByText("draining: new work is refused").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End draining" }).ClickAsync();
        await page.GetByText("● ready").WaitForAsync();
        watch.AssertQuiet();
    }

    // As often as the way is long; a lap around the page is a fault.
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var step = 0; step < 60; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        Assert.Fail($"{target} is not reached with the Tab key.");
    }
}
