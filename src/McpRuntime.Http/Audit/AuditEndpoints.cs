using McpRuntime.Http.Access;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Audit;

/// <summary><c>/v1/audit</c>, newest first, page by page.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/audit", ReadAsync).Require(Rights.Audit, Reach.Any);

    /// <summary>
    /// Notes what the caller of a request did; to the project that the path names, unless another is given.
    /// </summary>
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

    private static async Task ReadAsync(HttpContext context)
    {
        var before = context.Request.QueryNumber("before", long.MaxValue, 1, long.MaxValue);
        var most = (int)context.Request.QueryNumber("limit", 100, 1, 1000);
        var entries = await context
            .RequestServices.GetRequiredService<AuditStore>()
            .ReadAsync(before, most, AuditScope.Of(Caller.Of(context)), context.RequestAborted);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("entries"u8);
            foreach (var (id, entry) in entries)
            {
                writer.WriteStartObject();
                writer.WriteNumber("id"u8, id);
                writer.WriteString("time"u8, entry.Time);
                writer.WriteString("caller"u8, entry.Caller);
                writer.WriteString("action"u8, entry.Action);
                writer.WriteString("target"u8, entry.Target);
                if (entry.Project is not null)
                    writer.WriteString("project"u8, entry.Project);
                writer.WriteString("outcome"u8, entry.Outcome);
                if (entry.Detail.Length > 0)
                    writer.WriteString("detail"u8, entry.Detail);
                if (entry.CallId.Length > 0)
                    writer.WriteString("callId"u8, entry.CallId);
                writer.WriteNumber("durationMs"u8, (long)entry.Duration.TotalMilliseconds);
                writer.WriteString("correlationId"u8, entry.CorrelationId);
                writer.WriteString("address"u8, entry.Address);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            if (entries.Count == most)
                writer.WriteNumber("next"u8, entries[^1].Id);
            writer.WriteEndObject();
        });
    }
}
