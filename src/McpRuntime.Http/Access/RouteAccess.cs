namespace McpRuntime.Http.Access;

/// <summary>For which part of the gateway a route needs its right.</summary>
internal enum Reach
{
    /// <summary>The gateway as a whole: a role that is limited to projects never reaches it.</summary>
    Gateway,

    /// <summary>The project that the path names, whether it exists or not.</summary>
    Project,

    /// <summary>
    /// Some project, or the gateway. The route looks at what the body or the id names, and shows nothing else: see
    /// <see cref="Caller.Holds"/>.
    /// </summary>
    Any,
}

/// <summary>
/// Who may use a route: the one place that says it, next to the route's path. A route that says nothing is refused to
/// everyone, so that a forgotten line opens nothing.
/// </summary>
/// <param name="Rights">One of these is needed; none where every caller with a role may use the route.</param>
/// <param name="Reach">Where it is needed.</param>
internal sealed record RouteAccess(Rights Rights, Reach Reach)
{
    /// <summary>Every caller with a role: what it may see and call is decided tool by tool.</summary>
    public static RouteAccess Callers { get; } = new(Rights.None, Reach.Any);

    /// <summary>Every caller, also one without a role: the route says only what the caller knows already.</summary>
    public static RouteAccess Authenticated { get; } = new(Rights.None, Reach.Any) { NeedsRole = false };

    public bool NeedsRole { get; private init; } = true;

    /// <summary>Why the caller may not use the route; null when it may.</summary>
    public string? Refusal(Caller caller, HttpContext context)
    {
        if (Rights == Rights.None)
            return null;
        switch (Reach)
        {
            case Reach.Gateway:
                return caller.Holds(Rights, project: null)
                    ? null
                    : $"The right {RightNames.Of(Rights)} is needed for the whole gateway, in a role without "
                        + $"'projects'.";
            case Reach.Project:
                return caller.Holds(Rights, (string)context.Request.RouteValues["project"]!)
                    ? null
                    : $"The right {RightNames.Of(Rights)} is needed for this project.";
            default:
                return caller.HoldsSomewhere(Rights) ? null : $"The right {RightNames.Of(Rights)} is needed.";
        }
    }
}

internal static class RouteAccessExtensions
{
    /// <summary>The route needs one of these rights.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder route, Rights rights, Reach reach)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RouteAccess(rights, reach));

    /// <summary>Every caller with a role may use the route.</summary>
    public static TBuilder ForCallers<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(RouteAccess.Callers);

    /// <summary>Every caller may use the route, also one without a role.</summary>
    public static TBuilder ForAuthenticated<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(RouteAccess.Authenticated);
}
