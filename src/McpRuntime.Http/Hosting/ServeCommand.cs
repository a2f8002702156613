namespace McpRuntime.Http.Hosting;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(GatewayParts parts, CancellationToken cancellationToken)
    {
        await using var app = GatewayHost.Build(parts);
        await app.StartAsync(cancellationToken);
        var url = app.Urls.First();
        if (parts.Parent is { } parent)
        {
            await parent.GreetAsync(url, app.Services.GetRequiredService<StartUp>().BootstrapToken!);
            _ = ListenAsync();
        }
        else
        {
            await Console.Out.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}; MCP clients connect to {url}/mcp");
        }
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;

        async Task ListenAsync()
        {
            await parent.ListenAsync(app.Logger, app.Lifetime.ApplicationStopping);
            app.Lifetime.StopApplication();
        }
    }
}
