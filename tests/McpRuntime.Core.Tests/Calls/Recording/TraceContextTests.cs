using System.Diagnostics;
using McpRuntime.Calls.Recording;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Calls.Recording;

/// <summary>The trace of a call goes on at the API (W3C Trace Context).</summary>
public class TraceContextTests
{
    [Fact]
    public async Task Api_gets_the_span_of_its_call_and_the_state_of_the_trace()
    {
        await using var bench = CallBench.Start();
        var traced = ActivityTraceId.CreateRandom();
        string? span = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CallTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == traced ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            // Those of other tests come here, too.
            ActivityStarted = activity =>
            {
                if (activity.TraceId == traced)
                    span = activity.Id;
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("caller").SetParentId(
            traced,
            ActivitySpanId.CreateRandom(),
            ActivityTraceFlags.Recorded
        );
        parent.TraceStateString = "vendor=1";
        parent.AddBaggage("secret", "of-the-caller");
        parent.Start();
        var request = await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.NotNull(span);
        Assert.Equal([span], request.Header("traceparent"));
        Assert.Equal(["vendor=1"], request.Header("tracestate"));
        Assert.DoesNotContain("of-the-caller", request.Text, StringComparison.Ordinal);
        var own = await bench.SendAsync(
            CallBench.Tool("GET /x") with
            {
                Fixed = [new FixedValue(ArgumentLocation.Header, "traceparent", JsonText.Parse("\"own\""))],
            }
        );
        Assert.Equal(["own"], own.Header("traceparent"));
    }
}
