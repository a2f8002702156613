using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>Those who manage nothing see their own part, and nothing of it is refused to them.</summary>
public class ReaderTests(Chromium chromium)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_reader_sees_the_tools_and_nothing_to_manage(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"id":7}"""));
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Orders(upstream.Url), Cancelled);
        var (page, watch) = await context.SignInAsync(gateway, await TokenAsync(gateway, "reader"));

        var links = page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link);
        if (width < 760)
            await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await Expect(links).ToHaveTextAsync(["Overview", "Connectors", "Tools", "My accounts"]);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop…" })).ToHaveCountAsync(0);
        if (width < 760)
            await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();

        await page.GoToAsync("Connectors");
        await page.GetByRole(AriaRole.Link, new() { Name = "orders" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "1 tool" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "find_order" }).ClickAsync();
        await page.GetByLabel("id (required)").FillAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Good, status 200").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "send_order" })).ToHaveCountAsync(0);

        // An address of a screen of others shows the own first one.
        await page.GotoAsync($"{gateway.Url}/#/access");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.AssertFitsAsync($"reader-{scheme}-{width}");
        watch.AssertQuiet();
    }

    private static async Task<string> TokenAsync(GatewayProcess gateway, string role)
    {
        var made = await gateway.PostAsync("/v1/tokens", $$"""{"name":"{{role}}","roles":["{{role}}"]}""", Cancelled);
        return made.GetProperty("token").GetString()!;
    }
}
