using System.Text.Json;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Replicas;

namespace McpRuntime.Http.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes work; yes or no is said to everyone, since
/// balancers and kubelets have no token. What about each connector is said there and at <c>/health</c> to those who
/// manage it, since it tells what is behind the gateway.
/// </summary>
internal static class HealthEndpoints
{
    private const Rights Seeing = Rights.Runtime | Rights.Connectors | Rights.Credentials;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/health/live", context =>
                context.Response.WriteJsonAsync(200, static writer => WriteStatus(writer, "live"))
            )
            .AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().WithMetadata(new OpenOnLoopback());
        routes.MapGet("/health", DetailsAsync).ForCallers().WithMetadata(new OpenOnLoopback());
    }

    private static Task ReadyAsync(HttpContext context)
    {
        if (context.User is Caller { Roles.Count: > 0 })
            return DetailsAsync(context);
        var isReady = context.RequestServices.GetRequiredService<HealthCheck>().IsReady;
        return context.Response.WriteJsonAsync(isReady ? 200 : 503, writer => WriteStatus(writer, Word(isReady)));
    }

    private static async Task DetailsAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var report = await context
            .RequestServices.GetRequiredService<HealthCheck>()
            .RunAsync(project => caller.Holds(Seeing, project), context.RequestAborted);
        // Readiness is for a balancer and depends on the gateway alone; a connector without a credential is not its
        // fault.
        var status = report.IsReady || context.Request.Path == "/health" ? 200 : 503;
        await context.Response.WriteJsonAsync(status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, Word(report.IsReady));
            if (caller.HoldsSomewhere(Seeing))
            {
                writer.WriteString("replica"u8, context.RequestServices.GetRequiredService<Replica>().Id);
                WriteDetails(writer, report, caller);
            }
            if (caller.Holds(Rights.Runtime | Rights.Audit, project: null))
                WriteAudit(writer, context.RequestServices.GetRequiredService<AuditLog>());
            writer.WriteEndObject();
        });
    }

    private static string Word(bool isReady) => isReady ? "ready" : "not ready";

    private static void WriteDetails(Utf8JsonWriter writer, HealthReport report, Caller caller)
    {
        if (report.Problem is not null)
            writer.WriteString("problem"u8, report.Problem);
        writer.WriteStartArray("connectors"u8);
        foreach (var connector in report.Connectors)
        {
            writer.WriteStartObject();
            if (connector.Project is not null)
                writer.WriteString("project"u8, connector.Project);
            writer.WriteString("name"u8, connector.Name);
            writer.WriteString("manifest"u8, connector.Manifest);
            if (caller.Holds(Rights.Credentials | Rights.Connectors, connector.Project))
                writer.WriteString("credentials"u8, connector.Credentials);
            writer.WriteString("breaker"u8, connector.Breaker);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAudit(Utf8JsonWriter writer, AuditLog audit)
    {
        writer.WriteStartObject("audit"u8);
        writer.WriteNumber("waiting"u8, audit.Waiting);
        writer.WriteNumber("lost"u8, audit.Lost);
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, string status)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, status);
        writer.WriteEndObject();
    }
}
