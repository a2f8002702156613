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
        var access = route.GetMetadata<RouteAccess>();
        if (caller.Roles.Count == 0 && access is not { NeedsRole: false })
            return ProblemWriter.WriteAsync(context, Problem.InsufficientScope(missing.Explain(caller)));
        var refusal = access is null ? "This route does not say who may use it." : access.Refusal(caller, context);
        return refusal is null ? next(context) : ProblemWriter.WriteAsync(context, Problem.InsufficientScope(refusal));
    }
}
