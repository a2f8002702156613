using McpRuntime.Benchmarks.Calls;

// A call through Core beside a bare HttpClient that sends the same request to the same upstream; ratios are what
// counts.
if (args is ["upstream"])
{
    await CannedUpstream.RunAsync();
    return;
}
await using var upstream = await UpstreamProcess.StartAsync();
using var rivals = new Rivals(upstream.Url);
await new Comparison(rivals).RunAsync(Console.Out);
