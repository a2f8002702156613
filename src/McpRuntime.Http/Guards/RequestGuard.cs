using System.Net;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Guards;

/// <summary>
/// Refuses requests that a web page of someone else may have caused. A page that rebinds its own DNS name to this
/// machine shows itself by the Host header, any other page by Origin or Sec-Fetch-Site, and a form or a plain
/// <c>fetch</c> by its content type. It runs before routing, so that no route is without it.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, GatewaySettings settings, OwnOrigin own)
{
    private readonly string? _publicHost = settings.PublicUrl?.IdnHost;

    public Task InvokeAsync(HttpContext context)
    {
        var problem = Host(context) ?? Origin(context) ?? ContentType(context.Request) ?? Text(context.Request);
        return problem is null ? next(context) : ProblemWriter.WriteAsync(context, problem);
    }

    private Problem? Host(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (settings.AnyHost || IsKnown(host) || IsOwnAddress(context, host))
            return null;
        return new(
            403,
            "host-not-allowed",
            "The Host header is not allowed",
            $"The Host header names '{UntrustedText.Clean(host)}'. Use the address that the gateway listens on, "
                + "or add the name to MCP_RUNTIME_ALLOWED_HOSTS."
        );
    }

    private bool IsKnown(string host)
    {
        if (host.Equals(_publicHost, StringComparison.OrdinalIgnoreCase) || settings.AllowedHosts.Contains(host))
            return true;
        return settings.IsLoopbackOnly && host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
    }

    // Only names can be rebound: a literal that is the same address of this connection was meant.
    private static bool IsOwnAddress(HttpContext context, string host)
    {
        var literal = host.AsSpan().Trim("[]");
        return IPAddress.TryParse(literal, out var address)
            && context.Connection.LocalIpAddress is { } local
            && (local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local).Equals(address);
    }

    private Problem? Origin(HttpContext context)
    {
        var request = context.Request;
        if (PublicDocument.IsAskedFor(request))
            return null;
        if (request.Headers.Origin is { Count: > 0 } origins)
        {
            var origin = origins.ToString();
            // Browsers send this for forms of pages without a referrer; Sec-Fetch-Site is beyond the reach of any page.
            if (origin == "null" && IsConnect(request) && request.Headers["Sec-Fetch-Site"] == "same-origin")
                return null;
            return own.Is(request, origin) || settings.AllowedOrigins.Contains(origin)
                ? null
                : new(
                    403,
                    "origin-not-allowed",
                    "The Origin header is not allowed",
                    $"The Origin header names '{UntrustedText.Clean(origin)}'. Pages of other origins can call only if "
                        + "MCP_RUNTIME_ALLOWED_ORIGINS lists them."
                );
        }
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "" or "same-origin" or "none")
            return null;
        // A link to a page is an ordinary thing; it carries no authority of its own.
        if (
            (request.Path == "/" || IsConnect(request) || request.Path.StartsWithSegments("/sign-in"))
            && HttpMethods.IsGet(request.Method)
            && request.Headers["Sec-Fetch-Mode"] == "navigate"
        )
            return null;
        return new(
            403,
            "cross-site",
            "The request comes from another site",
            "Sec-Fetch-Site shows that a page of another site sent this request."
        );
    }

    // The pages whose forms people fill in; each checks a value that only it knows.
    private static bool IsConnect(HttpRequest request) => request.Path.StartsWithSegments("/connect");

    // Paths with a NUL are refused by the server itself. No text of ours has one, and databases and logs take it badly.
    private static Problem? Text(HttpRequest request) =>
        request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? Problem.Invalid("The query contains a NUL character (%00).")
            : null;

    private static Problem? ContentType(HttpRequest request)
    {
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        )
            return null;
        if (request.Headers.ContentEncoding.Count > 0)
            return new(
                415,
                "unsupported-encoding",
                "The body's encoding is not supported",
                "Send the body without Content-Encoding."
            );
        if (request.ContentType is { } type)
            return IsAllowed(type, IsConnect(request)) ? null : Unsupported($"'{UntrustedText.Clean(type)}'");
        return request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0
            ? null
            : Unsupported("missing");
    }

    private static bool IsAllowed(string contentType, bool isForm) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (
            isForm
                ? type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                : type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                    || type.MediaType.Equals("application/yaml", StringComparison.OrdinalIgnoreCase)
        );

    private static Problem Unsupported(string what) =>
        new(
            415,
            "unsupported-media-type",
            "The media type is not supported",
            $"The Content-Type is {what}; it takes application/json, or application/yaml where a route reads manifests."
        );
}
