using System.Text.RegularExpressions;
using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>The gateway's page as its user sees it: signing in, the state of things, and calls of tools.</summary>
public class PageTests(Chromium chromium)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_user_signs_in_calls_a_tool_and_sees_the_call(ColorScheme scheme, int width)
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
        await page.GetByText("● ready").First.WaitForAsync();
        await page.GoToAsync("Connectors");
        await page.GetByText("▲ broken").WaitForAsync();
        await page.GetByText("Why").ClickAsync();
        await page.GetByText("not served, the manifest is not valid").WaitForAsync();

        await page.GoToAsync("Tools");
        await page.GetByLabel("Search").FillAsync("get_");
        await page.GetByRole(AriaRole.Link, new() { Name = "get_item" }).ClickAsync();
        await page.GetByLabel("id (required)").FillAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Good, status 200").WaitForAsync();
        // Markup of an answer is text.
        await Expect(page.Answer()).ToContainTextAsync("<b>lamp</b>");
        await page.AssertFitsAsync($"call-{scheme}-{width}");

        await page.GoToAsync("Calls");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "get_item" });
        await row.GetByText("ok 200").WaitForAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByText("● ok 200").WaitForAsync();

        await page.ReloadAsync();
        await page.GetByText("● ok 200").WaitForAsync();
        await page.GoToAsync("Overview");
        await page.GetByText("0 of 1 call failed").WaitForAsync();
        if (width < 760)
            await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to McpRuntime" }).WaitForAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        watch.AssertQuiet();
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
        var (page, watch) = await context.SignInAsync(gateway);
        ILocator Field(string name) => page.GetByLabel(new Regex($@"^{name}( \(required\))?$"));
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Call (this may change something)" });

        await page.ChooseToolAsync("send_order");
        await Field("elements").FillAsync("9223372036854775807");
        await Field("append").FillAsync("text");
        await Field("querySelector").FillAsync("0.10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to onsubmit" }).ClickAsync();
        await Field("onsubmit 1").FillAsync("9007199254740993");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to onsubmit" }).ClickAsync();
        await Field("onsubmit 2").FillAsync("1e2");
        await Field("item").FillAsync("""{"id":-9007199254740993}""");
        await Field("level").SelectOptionAsync(new SelectOptionValue { Label = "9007199254740993" });
        await send.ClickAsync();
        await page.GetByText("Good, status 200").WaitForAsync();
        await Expect(page.Answer())
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
        await send.ClickAsync();
        await Expect(page.Answer()).ToContainTextAsync("elements: 1,2 is not a number.");
        Assert.Single(upstream.Requests);

        await page.ChooseToolAsync("find_order");
        await Field("id").FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.GetByText("The call failed, status 404").WaitForAsync();
        await Expect(page.Answer()).ToContainTextAsync("answered HTTP 404");
        await Expect(page.Answer()).ToContainTextAsync("There is no order 7");
        await page.AssertFitsAsync($"failed-{scheme}-{width}");

        await page.GoToAsync("Overview");
        await page.GetByText("1 of 2 calls failed").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reload connectors" }).ClickAsync();
        await page.GetByText(new Regex(@"^Connectors reloaded: 1\. Findings: \d+\.$")).WaitForAsync();
        var messages = page.GetByRole(AriaRole.Status, new() { Name = "Messages" });
        await messages.GetByText("broken.yaml").First.WaitForAsync();
        await page.AssertFitsAsync($"reload-{scheme}-{width}");
        await messages.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(messages).ToBeEmptyAsync();
        watch.AssertQuiet(404);
    }
}
