using McpRuntime.Http.Access;
using McpRuntime.Http.Logging;

namespace McpRuntime.Http.Audit;

/// <summary>Notes in the audit what the caller of a request did.</summary>
internal static class RequestAudit
{
    /// <summary>To the project that the path names, unless another is given.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">See <see cref="AuditedActions"/>.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="detail">What changed.</param>
    /// <param name="project">The project, where the path does not name it.</param>
    public static void Audit(
        this HttpContext context,
        string action,
        string target,
        string detail = "",
        string? project = null
    ) =>
        context
            .RequestServices.GetRequiredService<AuditLog>()
            .Add(
                new AuditEntry(
                    context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
                    Caller.Of(context).Id,
                    action,
                    target,
                    "ok",
                    TimeSpan.Zero,
                    CorrelationId.Of(context),
                    context.Connection.RemoteIpAddress?.ToString() ?? ""
                )
                {
                    Project = project ?? context.Request.RouteValues["project"] as string,
                    Detail = detail,
                }
            );
}
