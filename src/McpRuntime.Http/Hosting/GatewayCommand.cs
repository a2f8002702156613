using System.Text;
using System.Text.Json;
using McpRuntime.Credentials.Parent;

namespace McpRuntime.Http.Hosting;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal static class GatewayCommand
{
    private const int LeastThreads = 16;

    public static async Task<int> RunAsync(GatewayParts parts, CancellationToken cancellationToken)
    {
        KeepThreads();
        await using var app = GatewayHost.Build(parts);
        await app.StartAsync(cancellationToken);
        if (parts.HasParent)
        {
            await Console.Out.WriteLineAsync(
                Greeting(app.Urls.First(), app.Services.GetRequiredService<StartUp>().ParentToken!)
            );
            _ = StopWithParentAsync(app.Services.GetRequiredService<ParentCredentialSource>(), app.Lifetime);
        }
        else
        {
            await Welcome.WriteAsync(app, Console.Out, isTerminal: !Console.IsOutputRedirected);
        }
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    // Drivers of databases block a thread of the pool each while they cancel a query that is not answered. With as many
    // threads as processors, two of those stop every call until the pool makes another, which takes up to a second.
    private static void KeepThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), completions);
    }

    // One line that the parent parses; it carries the token so that no file has to.
    private static string Greeting(string url, string token)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, url);
            writer.WriteString("token"u8, token);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(line.ToArray());
    }

    // The parent says something only where it is asked for a credential; that it still holds the other end counts too.
    private static async Task StopWithParentAsync(ParentCredentialSource parent, IHostApplicationLifetime lifetime)
    {
        await using var input = Console.OpenStandardInput();
        try
        {
            await parent.ListenAsync(input, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops by itself.
        }
        lifetime.StopApplication();
    }
}
