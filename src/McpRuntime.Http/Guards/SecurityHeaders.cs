using McpRuntime.Http.Logging;

namespace McpRuntime.Http.Guards;

/// <summary>
/// Headers of every response: nothing is sniffed, framed or leaked by a referrer, and nothing but the page itself may
/// run as one. The page's own route widens the policy for what it contains.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[CorrelationId.Header] = CorrelationId.Assign(context);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }
}
