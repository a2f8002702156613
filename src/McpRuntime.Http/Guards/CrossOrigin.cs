using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Guards;

/// <summary>
/// CORS (Fetch standard) for the origins that the operator listed: without it a browser-based MCP client could not
/// read an answer. No credentials are allowed, since the gateway knows no cookies.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next, GatewaySettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !settings.AllowedOrigins.Contains(origin))
            return next(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        headers.AccessControlExposeHeaders = "Mcp-Session-Id, WWW-Authenticate, ETag, Retry-After, X-Correlation-ID";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (
            !HttpMethods.IsOptions(context.Request.Method)
            || context.Request.Headers.AccessControlRequestMethod.Count == 0
        )
            return next(context);
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
