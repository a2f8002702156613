using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Network;
using McpRuntime.SignInFlows;
using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Shows what would be connected to what, and leads to the provider.</summary>
internal sealed class ChoiceStep(
    ConnectSessions sessions,
    ConnectCookie cookie,
    ConnectProviders providers,
    DatabaseSignInStore store
)
{
    public async Task ShowAsync(HttpContext context)
    {
        if (await sessions.OpenAsync(context, isUsed: false) is not var (session, ticket))
        {
            await StartAgainAsync(context);
            return;
        }
        using var provider = await providers.FindAsync(ticket, context.RequestAborted);
        using var current = await store.ReadAsync(ticket.Key, context.RequestAborted);
        var page = Origin.Of(provider.Endpoints.Authorization!);
        await WriteAsync(
            context,
            200,
            new PageContent(
                $"Connect {provider.Connector.Title ?? ticket.Connector}",
                Facts(Describe(ticket, provider, current, page))
                    + Note(
                        ticket.Key.Holder is null
                            ? "Every caller of this gateway who may use the connector will use this account."
                            : "Only your own calls will use this account."
                    )
                    + Form(
                        ConnectPaths.Of(ConnectPaths.Confirm, session.Id),
                        session.FormValue,
                        $"Sign in at {provider.Endpoints.Authorization!.Host}"
                    )
                    + (current is null ? "" : DisconnectForm(session))
            )
            {
                Step = ConnectStep.Choice,
                // The provider may lead on to other pages of its own.
                FormTargets = $"'self' {page} https:",
            }
        );
    }

    public async Task BeginAsync(HttpContext context)
    {
        if (await sessions.OpenFormAsync(context, isUsed: false) is not var (session, ticket))
        {
            await StartAgainAsync(context);
            return;
        }
        using var provider = await providers.FindAsync(ticket, context.RequestAborted);
        using var request = AuthorizationRequest.Begin(provider.Endpoints, providers.RedirectUri);
        using var kept = request.Keep();
        cookie.Write(context, session with { Request = kept, Provider = provider.Mark }, ticket.Expires);
        await GoAsync(context, request.Url.AbsoluteUri);
    }

    private static IEnumerable<(string Name, string Value)> Describe(
        ConnectTicket ticket,
        ConnectProvider provider,
        SignIn? current,
        Origin page
    )
    {
        var scopes = string.Join(' ', provider.Endpoints.Scopes);
        yield return ("Connector", ticket.Key.Connector);
        if (ticket.Key.Profile != CredentialKey.DefaultProfile)
            yield return ("Profile", ticket.Key.Profile);
        yield return ("You sign in at", page.ToString());
        yield return ("Scopes", scopes.Length == 0 ? "those that the provider chooses" : scopes);
        if (current is not null)
            yield return ("Connected now", current.Account ?? "an account");
    }
}
