namespace McpRuntime.Http.Tests.Page;

/// <summary>What is sent for the page; how it works in a browser is tested by McpRuntime.Browser.Tests.</summary>
public class PageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_runs_only_its_own_script_and_asks_no_one_else()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/", Cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Matches("script-src 'sha256-[^']{44}'; style-src 'sha256-[^']{44}'; connect-src 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotMatch("(src|href)=\"?http", await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
