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

    /// <param name="allowedStatus">Statuses that the test provokes; Chromium reports them as errors of the console.
    /// 401 is always one: the page looks whether someone is signed in.</param>
    public void AssertQuiet(params int[] allowedStatus)
    {
        Assert.Empty(_foreign);
        Assert.DoesNotContain(_faults, fault =>
            allowedStatus.Append(401).All(status => !fault.Contains($"status of {status} ", StringComparison.Ordinal))
        );
    }
}
