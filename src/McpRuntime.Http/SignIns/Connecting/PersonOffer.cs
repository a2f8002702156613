using McpRuntime.Http.Authentication.Sessions;
using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// What a page offers to people who have no token at hand: to go on as who is signed in, or to sign in and come back.
/// </summary>
internal sealed class PersonOffer(PageSession session, SignInLinks links)
{
    /// <param name="context">The request, whose path the browser comes back to.</param>
    /// <returns>HTML; empty where no one can sign in.</returns>
    public string For(HttpContext context) =>
        session.Find(context) is { } person
            ? "<form method=\"post\"><input type=\"hidden\" name=\"token\" value=\"\">"
                + $"<button>Continue as {Text(person.Name ?? person.Id)}</button></form>"
            : string.Concat(
                links
                    .To(context.Request.Path.Value)
                    .Select(link =>
                        $"<p><a class=\"button\" href=\"{Text(link.Url)}\">Sign in with {Text(link.Name)}</a></p>"
                    )
            );
}
