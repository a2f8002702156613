using System.Collections.Concurrent;
using System.Diagnostics;
using System.Web;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Traces say that pages were asked for, and not by which link.</summary>
public sealed class ConnectTraceTests
{
    [Fact]
    public async Task No_span_has_a_ticket_a_code_or_a_state()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            // Those that are exported.
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "McpRuntime.Calls",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        // Requests of this test carry its trace, and those of others do not.
        using var mine = new Activity("test").Start();
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var link = await ann.LinkAsync();
        using (var shown = await browser.GetAsync(link)) { }
        await browser.ConnectAsync(link, ann.Token);
        await made.Gateway.StopAsync();

        var authorize = made.Provider.Requests.Single(request =>
            request.Target.StartsWith("/authorize", StringComparison.Ordinal)
        );
        var state = HttpUtility.ParseQueryString(new Uri(made.Gateway.Url, authorize.Target).Query)["state"]!;
        var texts = spans.Select(TextOf).ToList();
        foreach (var secret in made.Provider.Secrets.Append(state).Append(link.Segments[^1]).Append(ann.Token))
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
        // Two of the link, three behind it, and the provider's answer.
        Assert.Equal(
            Enumerable.Repeat<object?>("/connect", 6),
            spans
                .Where(span => span.TraceId == mine.TraceId && span.Source.Name == "Microsoft.AspNetCore")
                .Select(span => span.GetTagItem("url.path"))
                .Where(path => path is not null)
        );
    }

    private static string TextOf(Activity span) =>
        $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} "
        + string.Join(' ', span.Events.SelectMany(one => one.Tags));
}
