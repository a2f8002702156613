using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Audit;

/// <summary><c>/v1/audit</c>, newest first, page by page; <c>/v1/audit/export</c>, oldest first, all of it.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/audit", ReadAsync).Require(Rights.Audit, Reach.Any);
        routes.MapGet("/v1/audit/export", ExportAsync).Require(Rights.Audit, Reach.Any);
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var before = context.Request.QueryNumber("before", long.MaxValue, 1, long.MaxValue);
        var most = (int)context.Request.QueryNumber("limit", 100, 1, 1000);
        var entries = await context
            .RequestServices.GetRequiredService<AuditStore>()
            .ReadAsync(before, most, FilterOf(context), context.RequestAborted);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("entries"u8);
            foreach (var (id, entry) in entries)
                AuditJson.Write(writer, id, entry);
            writer.WriteEndArray();
            if (entries.Count == most)
                writer.WriteNumber("next"u8, entries[^1].Id);
            writer.WriteEndObject();
        });
    }

    private static Task ExportAsync(HttpContext context)
    {
        var filter = FilterOf(context);
        context.Audit("audit.export", "audit", filter.Description);
        return AuditExport.WriteAsync(
            context.Response,
            context.RequestServices.GetRequiredService<AuditStore>(),
            filter,
            context.RequestAborted
        );
    }

    private static AuditFilter FilterOf(HttpContext context) =>
        AuditFilter.Read(context.Request.Query, AuditScope.Of(Caller.Of(context)));
}
