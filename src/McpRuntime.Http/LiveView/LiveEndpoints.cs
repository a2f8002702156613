using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.LiveView;

/// <summary><c>/v1/runtime/tickets</c> and the WebSocket <c>/v1/runtime/stream</c>.</summary>
internal static class LiveEndpoints
{
    /// <summary>Path of the WebSocket.</summary>
    public const string Stream = "/v1/runtime/stream";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/runtime/tickets", CreateAsync).Require(Rights.Runtime, Reach.Any);
        // The ticket stands in for the token, so the route itself asks for none.
        routes.MapGet(Stream, StreamAsync).AllowAnonymous();
    }

    private static async Task CreateAsync(HttpContext context)
    {
        var ticket = await context
            .RequestServices.GetRequiredService<Tickets>()
            .CreateAsync(Caller.Of(context), context.RequestAborted)
            ?? throw new ProblemException(Problem.Unavailable("Too many tickets are open; try again in a moment."));
        await context.Response.WriteJsonAsync(201, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("ticket"u8, ticket);
            writer.WriteNumber("seconds"u8, Tickets.Lifetime.TotalSeconds);
            writer.WriteEndObject();
        });
    }

    private static async Task StreamAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw new ProblemException(
                Problem.Invalid("This is a WebSocket; open it with a ticket from POST /v1/runtime/tickets.")
            );
        var services = context.RequestServices;
        var ticket = context.Request.Query["ticket"].ToString();
        if (await services.GetRequiredService<Tickets>().TakeAsync(ticket, context) is not { } caller)
            throw new ProblemException(
                new(401, "ticket-refused", "The ticket is not valid", "A ticket opens one stream, once, within 30 s.")
            );
        var filter = LiveFilter.Read(context.Request, caller);
        var viewers = services.GetRequiredService<LiveViewers>();
        if (viewers.TryAdd(caller) is { } refusal)
            throw new ProblemException(Problem.Unavailable(refusal));
        try
        {
            using var open = services.GetRequiredService<OpenStreams>().Open(caller)
                ?? throw new ProblemException(
                    Problem.Unavailable("This caller has too many streams and live views open; close some.")
                );
            using var viewer = new LiveSocket(filter, services.GetRequiredService<LiveFeed>());
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await viewer.RunAsync(
                socket,
                services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
                open.Ending
            );
        }
        finally
        {
            viewers.Remove(caller);
        }
    }
}
