using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>Signing in to the page at an identity provider, whose user presses a button.</summary>
public class PageSignInTests(Chromium chromium)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_of_the_provider_comes_back_to_the_screen_and_leaves_without_a_trace()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var provider = await ProviderProcess.StartAsync(Cancelled, asks: true);
        await using var gateway = await StartAsync(provider, "ada");
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{gateway.Url}/#/tools");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Sign in with {provider.Url.Host}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tools" }).WaitForAsync();
        await page.GetByText("ada@example.com").WaitForAsync();
        // Nothing that the script could read proves who it is.
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length + document.cookie.length"));
        await page.ReloadAsync();
        await page.GetByText("ada@example.com").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to McpRuntime" }).WaitForAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to McpRuntime" }).WaitForAsync();
        await Expect(page.GetByText("ada@example.com")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_user_without_a_role_is_told_so()
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var provider = await ProviderProcess.StartAsync(Cancelled, asks: true);
        await using var gateway = await StartAsync(provider, "another user");
        var page = await context.NewPageAsync();

        await page.GotoAsync(gateway.Url);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.GetByText("no role of this gateway").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to McpRuntime" }).WaitForAsync();
    }

    private static Task<GatewayProcess> StartAsync(ProviderProcess provider, string reader) =>
        GatewayProcess.StartAsync(connector: null, Cancelled, home =>
            [
                ("JWT_AUTHORITY", provider.Url.AbsoluteUri),
                ("SIGN_IN_CLIENT_ID", "my-client"),
                (
                    "ROLES_FILE",
                    home.Write(
                        "roles.json",
                        $$"""{"claims": [{"claim": "sub", "value": "{{reader}}", "roles": ["reader"]}]}"""
                    )
                ),
            ]
        );
}
