using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace McpRuntime.Benchmarks.Load;

/// <summary>
/// The API behind the tool, and the least that any gateway to it has to do. Each runs in a process of its own.
/// </summary>
internal static class Servers
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        "{\"id\":7,\"text\":\"" + new string('x', 1007) + "\"}"
    );

    public static Task<int> RunUpstreamAsync() =>
        RunAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            return context.Response.Body.WriteAsync(Answer).AsTask();
        });

    /// <summary>Reads the request, asks the API with HttpClient and passes the answer on.</summary>
    public static Task<int> RunFloorAsync(Uri upstream)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false })
        {
            BaseAddress = upstream,
        };
        return RunAsync(async context =>
        {
            using var request = new StreamReader(context.Request.Body);
            await request.ReadToEndAsync();
            using var answer = await client.GetAsync(
                new Uri("/items/7", UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead
            );
            var body = await answer.Content.ReadAsByteArrayAsync();
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
    }

    private static async Task<int> RunAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1)
            );
        await using var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        // The parent's end of standard input is what keeps it alive.
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        return 0;
    }
}
