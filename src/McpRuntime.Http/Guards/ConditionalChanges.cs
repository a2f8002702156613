using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Guards;

/// <summary>
/// A change of management that names an entity tag is refused where nothing has one: to ignore the condition would do
/// what the client asked not to do.
/// </summary>
internal sealed class ConditionalChanges(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (
            route?.GetMetadata<RouteAccess>() is { Rights: not Rights.None }
            && route.GetMetadata<HasEntityTag>() is null
            && !HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.IfMatch.Count > 0
        )
            Preconditions.CheckUntagged(context.Request);
        return next(context);
    }
}

/// <summary>Marks routes whose changes look at <see cref="Preconditions"/> themselves.</summary>
internal sealed class HasEntityTag
{
    public static HasEntityTag Marker { get; } = new();
}
