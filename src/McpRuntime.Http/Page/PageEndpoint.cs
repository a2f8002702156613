using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Page;

/// <summary>
/// <c>/</c> and <c>/page/…</c>: the files of the page. They hold no data and so need no token; what the page shows it
/// asks for with what its user signed in with.
/// </summary>
internal static class PageEndpoint
{
    // Only files of the gateway run, and nothing is made markup from text (Trusted Types): markup that somehow got in
    // would do nothing.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        + "trusted-types 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/", "index.html", "text/html; charset=utf-8");
        Map(routes, "/page/app.js", "app.js", "text/javascript; charset=utf-8");
        Map(routes, "/page/app.css", "app.css", "text/css; charset=utf-8");
        Map(routes, "/page/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string file, string contentType)
    {
        var content = new Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)>(() => Read(file));
        routes
            .MapGet(path, context =>
            {
                var (bytes, tag) = content.Value;
                var headers = context.Response.Headers;
                headers.CacheControl = "no-cache";
                headers.ETag = tag.ToString();
                headers.ContentSecurityPolicy = Policy;
                if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, false)))
                {
                    context.Response.StatusCode = StatusCodes.Status304NotModified;
                    return Task.CompletedTask;
                }
                context.Response.ContentType = contentType;
                context.Response.ContentLength = bytes.Length;
                return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
            })
            .AllowAnonymous();
    }

    private static (byte[] Bytes, EntityTagHeaderValue Tag) Read(string file)
    {
        var bytes = EmbeddedFile.Read($"page/{file}");
        return (bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }
}
