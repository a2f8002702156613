using System.Text.RegularExpressions;
using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>
/// The gateway's page as its user sees it. <c>MCP_RUNTIME_TEST_SCREENSHOTS</c> names a folder to keep pictures in.
/// </summary>
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
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Shop(upstream.Url), Cancelled);
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
        await page.GetByText("▲ not served").WaitForAsync();
        await page.GetByText(new Regex(@"^broken\.yaml:1:")).First.WaitForAsync();
        await page.GetByText("live", new() { Exact = true }).WaitForAsync();

        await page.GetByLabel("Find a tool").FillAsync("get_");
        await page.GetByRole(AriaRole.Button, new() { Name = "get_item" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("id (required)").FillAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Good, status 200").WaitForAsync();
        // Markup of an answer is text.
        await Expect(page.Locator("#result pre")).ToContainTextAsync("<b>lamp</b>");
        await page.Locator("#calls tr", new() { HasText = "get_item" }).First.GetByText("ok 200").WaitForAsync();

        await AssertFitsAsync(page, $"call-{scheme}-{width}");
        await page.ReloadAsync();
        await page.GetByText("● good").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByText("Not signed in").WaitForAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        watch.AssertQuiet(allowedStatus: 401);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task What_is_typed_is_sent_what_is_answered_is_shown_and_what_fails_says_why(
        ColorScheme scheme,
        int width
    )
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var upstream = RecordingUpstream.Start(
            (request, connection, cancellationToken) =>
                connection.SendAsync(
                    request.Method == "GET"
                        ? UpstreamAnswer.Json("""{"error":"There is no order 7"}""", 404)
                        : UpstreamAnswer.Json(
                            """{"id":9223372036854775807,"price":1.10,"text":"9223372036854775807 \" 1.10"}"""
                        ),
                    cancellationToken
                )
        );
        await using var gateway = await GatewayProcess.StartAsync(Manifests.Orders(upstream.Url), Cancelled);
        var page = await context.NewPageAsync();
        var watch = PageWatch.Start(page, gateway.Url);
        await page.GotoAsync(gateway.Url);
        await page.GetByLabel("Token").FillAsync(gateway.Token);
        await page.Keyboard.PressAsync("Enter");
        ILocator Field(string name) => page.Locator("#try").GetByLabel(new Regex($@"^{name}( \(required\))?$"));

        await page.GetByRole(AriaRole.Button, new() { Name = "send_order" }).ClickAsync();
        await Field("elements").FillAsync("9223372036854775807");
        await Field("append").FillAsync("text");
        await Field("querySelector").FillAsync("0.10");
        await Field("onsubmit").FillAsync("[9007199254740993, 1e2]");
        await Field("item").FillAsync("""{"id":-9007199254740993}""");
        await Field("level").SelectOptionAsync(new SelectOptionValue { Label = "9007199254740993" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Call (this may change something)" }).ClickAsync();
        await page.GetByText("Good, status 200").WaitForAsync();
        await Expect(page.Locator("#result pre").Last)
            .ToContainTextAsync(
                new Regex(
                    """
                    "id": 9223372036854775807,\s+"price": 1\.10,\s+"text": "9223372036854775807 \\" 1\.10"
                    """
                )
            );
        var order = Assert.Single(upstream.Requests);
        Assert.Equal(
            "/orders?elements=9223372036854775807&append=text&querySelector=0.10&onsubmit=9007199254740993&onsubmit=1e2&level=9007199254740993",
            order.Target
        );
        Assert.Equal("""{"id":-9007199254740993}""", order.BodyText);

        await Field("elements").FillAsync("1,2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call (this may change something)" }).ClickAsync();
        await page.GetByText("elements is not valid JSON.").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "find_order" }).ClickAsync();
        await Field("id").FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.GetByText("The call failed, status 404").WaitForAsync();
        await Expect(page.Locator("#result")).ToContainTextAsync("answered HTTP 404");
        await Expect(page.Locator("#result")).ToContainTextAsync("There is no order 7");
        await AssertFitsAsync(page, $"failed-{scheme}-{width}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reload connectors" }).ClickAsync();
        await page.GetByText(new Regex(@"^Connectors reloaded: 1\. Findings: \d+\.$")).WaitForAsync();
        await page.Locator("#notice li").Filter(new() { HasText = "broken.yaml" }).First.WaitForAsync();
        await AssertFitsAsync(page, $"reload-{scheme}-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await page.Locator("#notice").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        watch.AssertQuiet(allowedStatus: 404);
    }

    // Nothing is beyond the right edge; the picture is for whoever wants to look.
    private static async Task AssertFitsAsync(IPage page, string picture)
    {
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), picture);
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{picture}.png"), FullPage = true });
    }
}
