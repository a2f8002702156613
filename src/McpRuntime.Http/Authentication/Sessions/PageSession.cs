using McpRuntime.Http.Access;
using McpRuntime.Http.Guards;
using Microsoft.AspNetCore.Http.Headers;

namespace McpRuntime.Http.Authentication.Sessions;

/// <summary>
/// The session of a person's browser, in a cookie. Browsers send cookies by themselves, also for pages of others: so it
/// counts on some paths alone, never on <c>/mcp</c>, and only for what the gateway's own pages ask.
/// </summary>
internal sealed class PageSession(PageSeal seal, RoleBook roles, OwnOrigin own, ResourceUrls urls, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    private static readonly PathString Connect = "/connect";
    private static readonly PathString[] Paths = ["/v1", Connect, "/health", "/sign-out"];

    private readonly PageCookie _cookie = new(seal, urls, time, "mcp-runtime");

    /// <summary>The person whose browser sent the request; null where there is none, or it must not count.</summary>
    public Caller? Find(HttpContext context)
    {
        var request = context.Request;
        // A token that was sent says who calls, also when it is refused.
        if (
            request.Headers.Authorization.Count > 0
            || !Array.Exists(Paths, path => request.Path.StartsWithSegments(path))
        )
            return null;
        if (_cookie.Read(context) is not ([var id, var name, var held], var ends) || !IsOwn(request))
            return null;
        return new Caller(CallerKind.Session, id, roles.Find(held.Split(' ')), context)
        {
            Name = name.Length == 0 ? null : name,
            Expires = ends,
        };
    }

    /// <summary>Begins the session of someone who has just signed in; it replaces any other of this browser.</summary>
    /// <param name="context">The response gets the cookie.</param>
    /// <param name="person">The session ends with what proved it, and after 8 hours at the latest.</param>
    /// <exception cref="McpRuntimeException">The person has more roles than a cookie can hold.</exception>
    public void Begin(HttpContext context, Caller person)
    {
        var ends = time.GetUtcNow() + Longest;
        if (person.Expires < ends)
            ends = person.Expires.Value;
        _cookie.Write(context, ends, person.Id, person.Name ?? "", string.Join(' ', person.RoleNames));
    }

    public void End(HttpContext context) => _cookie.Delete(context);

    // The headers are out of the reach of scripts.
    private bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return (origin.Length == 0 || own.Is(request, origin))
                && (site is "" or "same-origin" or "none" || IsFollowedLink(request));
        // Forms of pages without a referrer send "null".
        return origin == "null" ? site == "same-origin" : own.Is(request, origin);
    }

    // Its page shows who is signed in, and its forms are checked for themselves. It cannot be framed.
    private static bool IsFollowedLink(HttpRequest request) =>
        request.Path.StartsWithSegments(Connect)
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"] == "document";
}
