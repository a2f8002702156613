using Microsoft.AspNetCore.Routing.Template;

namespace McpRuntime.Http.Problems;

/// <summary>
/// The answer where no route takes a request: 405 with the methods that its path has (RFC 9110 section 15.5.6), or 404.
/// MCP clients fall back to another transport on 405 alone.
/// </summary>
internal static class UnmatchedRoute
{
    public static Task AnswerAsync(HttpContext context)
    {
        var methods = MethodsOf(context);
        if (methods.Count == 0)
            return ProblemWriter.WriteAsync(
                context,
                Problem.NotFound($"Nothing was found at this path for {context.Request.Method}.")
            );
        var allowed = string.Join(", ", methods);
        context.Response.Headers.Allow = allowed;
        return ProblemWriter.WriteAsync(
            context,
            new(
                405,
                "method-not-allowed",
                "Method not allowed",
                $"This path does not support {context.Request.Method}; it supports {allowed}."
            )
        );
    }

    private static SortedSet<string> MethodsOf(HttpContext context)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (
            var endpoint in context
                .RequestServices.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
        )
        {
            if (
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } taken
                && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(context.Request.Path, [])
            )
                methods.UnionWith(taken.HttpMethods);
        }
        return methods;
    }
}
