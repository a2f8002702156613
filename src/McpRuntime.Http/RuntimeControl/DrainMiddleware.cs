using McpRuntime.Http.Problems;

namespace McpRuntime.Http.RuntimeControl;

/// <summary>Refuses new work while the gateway drains; management and health go on.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, GatewayState state)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!state.IsDraining)
            return next(context);
        // A balancer that keeps connections comes with a new one the next time, which may go to another replica.
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        if (!state.Refuses || !IsWork(context.Request))
            return next(context);
        context.Response.Headers.RetryAfter = "5";
        return ProblemWriter.WriteAsync(
            context,
            Problem.Unavailable("The gateway is draining: running calls finish, new ones are refused.")
        );
    }

    private static bool IsWork(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (
            request.Path.StartsWithSegments("/mcp")
            || request.Path.StartsWithSegments("/projects")
            || request.Path.StartsWithSegments("/v1/tools")
        );
}
