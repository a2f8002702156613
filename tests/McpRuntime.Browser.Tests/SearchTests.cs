using System.Globalization;
using System.Text;
using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>Many tools: what a keystroke in the search costs.</summary>
public class SearchTests(Chromium chromium, ITestOutputHelper output)
{
    // From the event to the frame after the one that shows it.
    private const string Measure = """
        async () => {
            const field = document.querySelector(".filters input[type=search]");
            const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
            const times = [];
            for (const text of ["o", "op", "ope", "oper", "operation", "operation_1", "operation", "o", ""]) {
                await frame();
                const begun = performance.now();
                field.value = text;
                field.dispatchEvent(new InputEvent("input", { bubbles: true }));
                await frame();
                document.body.getBoundingClientRect();
                times.push(performance.now() - begun);
            }
            return times.sort((a, b) => a - b)[times.length >> 1];
        }
        """;

    // In one step: what is last is another one as soon as more is drawn.
    private const string ScrollToLast =
        "() => [...document.querySelectorAll('.tool-list li')].at(-1)?.scrollIntoView()";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_keystroke_draws_as_much_with_1500_tools_as_with_150()
    {
        var few = await SearchAsync(150);
        var many = await SearchAsync(1500);

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Median of a keystroke: 150 tools {few.Milliseconds:0.0} ms, 1,500 tools {many.Milliseconds:0.0} ms, "
                    + $"ratio {many.Milliseconds / few.Milliseconds:0.00}"
            )
        );
        // Time depends on the machine; what it is spent on does not.
        Assert.Equal(few.Elements, many.Elements);
    }

    private async Task<(double Milliseconds, int Elements)> SearchAsync(int tools)
    {
        await using var context = await chromium.OpenAsync(ColorScheme.Light, 1280);
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        await using var gateway = await GatewayProcess.StartAsync(Manifest(upstream.Url, tools), Cancelled);
        var (page, watch) = await context.SignInAsync(gateway);
        await page.GoToAsync("Tools");
        await page.GetByText($"{tools.ToString("N0", CultureInfo.InvariantCulture)} tools").WaitForAsync();
        var elements = await page.EvaluateAsync<int>("document.querySelectorAll('.tool-list *').length");
        var milliseconds = await page.EvaluateAsync<double>(Measure);

        await page.GetByLabel("Search").FillAsync($"operation_{tools - 1}");
        await Expect(page.Locator(".tool-list a")).ToHaveCountAsync(1);
        // All of them are there for those who scroll on.
        await page.GetByLabel("Search").FillAsync("");
        for (var shown = 0; shown < tools; shown = await page.Locator(".tool-list a").CountAsync())
            await page.EvaluateAsync(ScrollToLast);
        watch.AssertQuiet();
        return (milliseconds, elements);
    }

    private static string Manifest(Uri api, int tools)
    {
        var text = new StringBuilder(
            $$"""
            connector:
              manifest_version: 2
              name: large
              version: 1.0.0
              base_url: {{api.AbsoluteUri.TrimEnd('/')}}
              tools:

            """
        );
        for (var number = 0; number < tools; number++)
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  - name: operation_{{number}}
                    description: Reads what number {{number}} is about, with some words more to look through.
                    endpoint: GET /things/{{number}}
                    tags: [part-{{number / 50}}]
                    arguments: {}
                    input_schema: { type: object, properties: {} }

                """
            );
        return text.ToString();
    }
}
