using Microsoft.Playwright;

namespace McpRuntime.Browser.Tests;

/// <summary>What a page must not do: send requests to other hosts, or fail.</summary>
internal sealed class PageWatch
{
    private readonly List<string> _foreign = [];
    private readonly List<string> _faults = [];

    private PageWatch() { }

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
            if (message.Type == "error")
                watch._faults.Add(message.Text);
        };
        return watch;
    }

    /// <param name="allowedStatus">A status that the test provokes; Chromium reports it as an error of the
    /// console.</param>
    public void AssertQuiet(int allowedStatus)
    {
        Assert.Empty(_foreign);
        Assert.DoesNotContain(_faults, fault =>
            !fault.Contains($"status of {allowedStatus} ", StringComparison.Ordinal)
        );
    }
}
