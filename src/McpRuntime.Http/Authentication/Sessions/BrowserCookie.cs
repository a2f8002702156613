namespace McpRuntime.Http.Authentication.Sessions;

/// <summary>Cookies of the gateway's own pages: no script reads them, and no other site's forms send them.</summary>
internal static class BrowserCookie
{
    public static void Set(HttpContext context, string name, string value, bool isHttps, TimeSpan lifetime) =>
        context.Response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = isHttps,
                // Providers and issuers send the browser back by a link from elsewhere.
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = lifetime,
            }
        );

    public static void Delete(HttpContext context, string name, bool isHttps) =>
        context.Response.Cookies.Delete(name, new CookieOptions { Secure = isHttps, Path = "/" });
}
