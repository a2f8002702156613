using Microsoft.Playwright;

namespace McpRuntime.Browser.Tests;

/// <summary>What a page must not do: send requests to other hosts, or fail.</summary>
internal sealed class PageWatch
{
    private readonly List<string> _foreign = [];
    private readonly List<string> _faults = [];

    private PageWatch()
    {
    }

    public static PageWatch Start(IPage page, string url)
    {
        var watch = new PageWatch();
        var own = new Uri(url).Authority;
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != own)
                watch._foreign.Add(request.Url);
        };
        page.PageError += (_, error) => watch._faults.Add(error);
        page.Console += (_, message) =>
        {
            // Chromium reports the refused sign-in itself.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal))
                watch._faults.Add(message.Text);
        };
        return watch;
    }

    public void AssertQuiet()
    {
        Assert.Empty(_foreign);
        Assert.Empty(_faults);
    }
}
