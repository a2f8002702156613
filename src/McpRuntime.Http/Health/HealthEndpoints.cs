using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Health;

/// <summary>Whether the gateway lives and can work.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/live", context => context.Response.WriteJsonAsync(
            200, static writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("status"u8, "live"u8);
                writer.WriteEndObject();
            })).AllowAnonymous();
}
