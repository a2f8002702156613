using McpRuntime.Http.Authentication;
using McpRuntime.Http.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Access;

/// <summary>
/// Lets a request through to its route. A route that forgets to say who may call it needs a token: that is the rule,
/// not a marker to remember.
/// </summary>
internal sealed class Authorize(RequestDelegate next, Challenge challenge)
{
    public Task InvokeAsync(HttpContext context)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (route is null || route.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (context.User is not Caller caller)
            return ChallengeAsync(context);
        if (route.GetMetadata<ManagementOnly>() is not null && !caller.IsManager)
        {
            return ProblemWriter.WriteAsync(context, new(
                403, "forbidden", "The caller's roles do not allow this", "Ask for a token with a role that grants it."));
        }
        return next(context);
    }

    private Task ChallengeAsync(HttpContext context)
    {
        var fault = Authenticate.FaultOf(context);
        context.Response.Headers[HeaderNames.WWWAuthenticate] = challenge.For(context.Request.Path, fault);
        return ProblemWriter.WriteAsync(context, new(
            401, "unauthenticated", "A token is needed", fault ?? Challenge.Explanation));
    }
}

/// <summary>Marks the routes that need a role with management.</summary>
internal sealed class ManagementOnly;

internal static class ManagementRoutes
{
    /// <summary>The route needs a role with management.</summary>
    public static TBuilder RequireManagement<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ManagementOnly());
}
