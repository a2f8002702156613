using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Http.Page;

/// <summary>
/// <c>/</c>: one file without anything from elsewhere. It holds no data and so needs no token; what it shows it asks
/// for with the token that a user gives it.
/// </summary>
internal static class PageEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = new Lazy<(byte[] Html, string Policy)>(Read);
        routes
            .MapGet("/", context =>
            {
                var (html, policy) = page.Value;
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.Headers.CacheControl = "no-cache";
                context.Response.Headers.ContentSecurityPolicy = policy;
                context.Response.ContentLength = html.Length;
                return context.Response.Body.WriteAsync(html, context.RequestAborted).AsTask();
            })
            .AllowAnonymous();
    }

    // Only the page's own script and style run, by their hashes (CSP level 3): markup that somehow got in would not.
    private static (byte[] Html, string Policy) Read()
    {
        var html = EmbeddedFile.Read("page.html");
        var text = Encoding.UTF8.GetString(html);
        return (
            html,
            $"default-src 'none'; script-src '{HashOf(text, "script")}'; style-src '{HashOf(text, "style")}'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
    }

    private static string HashOf(string html, string element)
    {
        var start = html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var end = html.IndexOf($"</{element}>", start, StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[start..end])));
    }
}
