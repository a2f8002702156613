using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>The way of a team from an empty gateway to an API that is used, watched and shared.</summary>
public class JourneyTests(Chromium chromium)
{
    private const string Key = "a secret of the shop";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task An_API_is_imported_given_its_key_called_watched_and_shared(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var shop = PetShopServer.Start(Key);
        await using var gateway = await GatewayProcess.StartAsync(connector: null, Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);

        // Without a connector, the screen is the form that imports one.
        await page.GoToAsync("Connectors");
        await page.GetByLabel("URL of the OpenAPI document").FillAsync(shop.DocumentUrl);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Pet Shop 1.2.0" }).WaitForAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "remove_pet" }).UncheckAsync();
        await page.GetByText("7 of 8 tools").WaitForAsync();
        await page.AssertFitsAsync($"preview-{scheme}-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Pet Shop", Exact = true }).WaitForAsync();
        await page.GetByText("needs credentials").First.WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Set them" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set shopKey of pet-shop" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("value (required)").FillAsync(Key);
        var set = dialog.GetByRole(AriaRole.Button, new() { Name = "Set" });
        // The servers are confirmed with it.
        await Expect(set).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = shop.Origin }).CheckAsync();
        await set.ClickAsync();
        await page.GetByText("shopKey of pet-shop is set.").WaitForAsync();
        await page.GetByText("● set").WaitForAsync();
        Assert.DoesNotContain(Key, await page.ContentAsync());
        await page.AssertFitsAsync($"credentials-{scheme}-{width}");

        await page.ChooseToolAsync("list_pets");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.GetByText("Good, status 200").WaitForAsync();
        await Expect(page.Answer()).ToContainTextAsync("9007199254740993");
        await page.ChooseToolAsync("add_pet");
        await page.GetByLabel("name (required)").First.FillAsync("Tom");
        await page.GetByLabel("species (required)").SelectOptionAsync("cat");
        await page.GetByLabel("priceCents (required)").FillAsync("9007199254740993");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call (this may change something)" }).ClickAsync();
        await page.GetByText("Good, status 201").WaitForAsync();
        Assert.Equal("""{"name":"Tom","species":"cat","priceCents":9007199254740993}""", shop.Calls[^1].BodyText);

        await page.GoToAsync("Calls");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "add_pet" }).GetByText("ok 201").WaitForAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "list_pets" }).GetByText("ok 200").WaitForAsync();

        await page.GoToAsync("Access");
        await page.GetByRole(AriaRole.Button, new() { Name = "New token" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("the kiosk");
        await Expect(dialog.GetByRole(AriaRole.Checkbox, new() { Name = "reader" })).ToBeCheckedAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var token = await dialog.GetByLabel("the token", new() { Exact = true }).TextContentAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        Assert.DoesNotContain(token!.Trim(), await page.ContentAsync());

        await page.GoToAsync("Audit");
        foreach (
            var (action, text) in new[]
            {
                ("token.create", "the kiosk"),
                ("credential.set", "main/pet-shop"),
                ("connector.import", shop.Origin),
            }
        )
        {
            // The button waits for what it started, and Enter presses it.
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show" })).ToBeEnabledAsync();
            await page.GetByLabel("Action").FillAsync(action);
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Row).Filter(new() { HasText = action }).GetByText(text).First.WaitForAsync();
        }
        Assert.DoesNotContain(Key, await page.ContentAsync());
        await page.AssertFitsAsync($"audit-{scheme}-{width}");

        if (width < 760)
            await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByLabel("Token").FillAsync(token.Trim());
        await page.Keyboard.PressAsync("Enter");
        // A reader has no audit: that address shows the first screen.
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.ChooseToolAsync("list_pets");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "add_pet" })).ToHaveCountAsync(0);
        watch.AssertQuiet();
    }
}
