using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace McpRuntime.Http.Authentication;

/// <summary>Lets a request through to its route, as the route's <see cref="RouteAccess"/> says.</summary>
internal sealed class Authorize(RequestDelegate next, MissingRole missing)
{
    public Task InvokeAsync(HttpContext context)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (route is null || route.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (context.User is not Caller caller)
            return context.ChallengeAsync();
        if (caller.Roles.Count == 0)
            return ProblemWriter.WriteAsync(context, Problem.InsufficientScope(missing.Explain(caller)));
        var refusal = route.GetMetadata<RouteAccess>() is { } access
            ? access.Refusal(caller, context)
            : "This route does not say who may use it.";
        return refusal is null ? next(context) : ProblemWriter.WriteAsync(context, Problem.InsufficientScope(refusal));
    }
}
