using McpRuntime.Http.Authentication;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Hosting;

/// <summary>What a user who starts the gateway needs to know: where it is, how to get in, and who else can.</summary>
internal static class Welcome
{
    public static async Task WriteAsync(WebApplication app, TextWriter output, bool isTerminal)
    {
        var url = app.Urls.First();
        await output.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}; MCP clients connect to {url}/mcp");
        var start = app.Services.GetRequiredService<StartUp>();
        if (start.TokenFile is { } file)
        {
            await output.WriteLineAsync($"Admin token: in {file}, which only its owner can read.");
            // Whatever is not a terminal may be kept: a journal, a log of a container, a file.
            if (start.IsTokenNew && isTerminal)
                await output.WriteLineAsync(
                    $"Admin token: {(await File.ReadAllTextAsync(file)).Trim()} (shown at the first start only)"
                );
        }
        if (app.Services.GetRequiredService<GatewaySettings>().OpenLoopback)
        {
            await output.WriteLineAsync(
                $"Open without a token (open-loopback), with the role 'user': {string.Join(", ", OpenPaths(app))}. "
                    + "Every account and program of this machine, and everyone who reaches it through a proxy, "
                    + "can list and call "
                    + "every tool with the credentials of this gateway."
            );
        }
        await output.FlushAsync();
    }

    private static IEnumerable<string> OpenPaths(WebApplication app) =>
        ((IEndpointRouteBuilder)app)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OpenOnLoopback>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal))
            .Distinct();
}
