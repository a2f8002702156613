using System.Diagnostics;
using McpRuntime.Http.KeyRings;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// <c>/connect</c>: a caller opens a link, proves to be the caller that it was made for, and connects an account.
/// No route needs a token in a header, since browsers send none: the link, the proof and the cookie take its place.
/// </summary>
internal sealed class ConnectEndpoints(
    ProofStep proof,
    ChoiceStep choice,
    AnswerStep answer,
    DoneStep done,
    KeyRing ring,
    ILogger<ConnectEndpoints> logger
)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.ServiceProvider.GetRequiredService<ConnectEndpoints>().MapPages(routes);

    private void MapPages(IEndpointRouteBuilder routes)
    {
        Page("GET", ConnectPaths.Link, proof.ShowAsync);
        Page("POST", ConnectPaths.Link, proof.ProveAsync);
        Page("GET", ConnectPaths.Confirm, choice.ShowAsync);
        Page("POST", ConnectPaths.Confirm, choice.BeginAsync);
        Page("GET", ConnectPaths.Callback, answer.EndAsync);
        Page("GET", ConnectPaths.Done, done.ShowAsync);
        Page("POST", ConnectPaths.Disconnect, done.DisconnectAsync);

        void Page(string method, string path, RequestDelegate handler) =>
            routes.MapMethods(path, [method], context => GuardAsync(context, handler)).AllowAnonymous();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate handler)
    {
        // Traces of requests would have the ticket.
        Activity.Current?.SetTag("url.path", ConnectPaths.Root);
        try
        {
            await (ring.IsConfigured ? handler(context) : ConnectPage.NotFoundAsync(context));
        }
        catch (McpRuntimeException exception)
        {
            // It says what the operator or the caller can do, and never holds a secret.
            logger.LogWarning("An account was not connected: {Message}", exception.Message);
            await ConnectPage.FailAsync(context, 409, "The account was not connected", exception.Message);
        }
    }
}
