using McpRuntime.Credentials;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Authentication.Sessions;

namespace McpRuntime.Http.SignInPages;

/// <summary>
/// Binds a sign-in to the browser that began it: an answer that someone else sends there signs no one in (login CSRF),
/// and one that was forwarded is of no use elsewhere.
/// </summary>
internal sealed class PendingSignIns(PageSeal seal, ResourceUrls urls, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly PageCookie _cookie = new(seal, urls, time, "mcp-runtime-sign-in");

    /// <summary>Keeps it; the one before is replaced.</summary>
    public void Write(HttpContext context, PendingSignIn pending) =>
        _cookie.Write(context, time.GetUtcNow() + Lifetime, pending.Issuer, pending.Request.Reveal(), pending.Back);

    /// <summary>Null where the browser has none, or it took too long.</summary>
    public PendingSignIn? Read(HttpContext context) =>
        _cookie.Read(context) is ([var issuer, var request, var back], _)
            ? new PendingSignIn(issuer, new Secret(request), back)
            : null;

    public void Delete(HttpContext context) => _cookie.Delete(context);
}
