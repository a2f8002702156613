using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace McpRuntime.Http.Authentication;

/// <summary>Lets a request through to its route, as the route's <see cref="RouteAccess"/> says.</summary>
internal sealed class Authorize(RequestDelegate next, MissingRole missing, RoleScopes scopes)
{
    public Task InvokeAsync(HttpContext context)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (route is null || route.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (context.User is not Caller caller)
            return context.ChallengeAsync();
        var access = route.GetMetadata<RouteAccess>();
        var refusal =
            access is null ? "This route does not say who may use it."
            : caller.Roles.Count == 0 && access.NeedsRole ? missing.Explain(caller)
            : access.Refusal(caller, context);
        return refusal is null
            ? next(context)
            : ProblemWriter.WriteAsync(
                context,
                Problem.InsufficientScope(refusal) with
                {
                    Scope = access is null
                        ? null
                        : scopes.Needed(caller, context, more => access.Refusal(more, context) is null),
                }
            );
    }
}
