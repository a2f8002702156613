namespace McpRuntime.Http.Hosting;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(GatewayParts parts, CancellationToken cancellationToken)
    {
        await using var app = GatewayHost.Build(parts);
        await app.StartAsync(cancellationToken);
        foreach (var url in app.Urls)
            await Console.Out.WriteLineAsync($"Listening on {url}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
