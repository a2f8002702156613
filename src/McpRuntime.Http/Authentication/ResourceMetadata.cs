using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using Microsoft.AspNetCore.Authorization;

namespace McpRuntime.Http.Authentication;

/// <summary>Protected resource metadata (RFC 9728): where a client gets a token for an MCP endpoint.</summary>
internal static class ResourceMetadata
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "", "/mcp", "/mcp/{**connector}", "/projects/{project}/mcp" })
            routes.MapGet(Challenge.MetadataPath + path, WriteAsync).WithMetadata(new AllowAnonymousAttribute());
    }

    private static Task WriteAsync(HttpContext context)
    {
        var settings = context.RequestServices.GetRequiredService<GatewaySettings>();
        if (settings.Issuers.Count == 0)
            return ProblemWriter.WriteAsync(
                context,
                Problem.NotFound(
                    "No authority is configured; this gateway accepts API tokens or JWTs signed with its key."
                )
            );
        var resource = context.RequestServices.GetRequiredService<ResourceUrls>();
        var path = context.Request.Path.Value![Challenge.MetadataPath.Length..];
        return context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("resource"u8, resource.Root + path);
            writer.WriteString("resource_name"u8, "McpRuntime");
            writer.WriteStartArray("authorization_servers"u8);
            foreach (var issuer in settings.Issuers)
                writer.WriteStringValue(issuer.Url.AbsoluteUri.TrimEnd('/'));
            writer.WriteEndArray();
            var scopes = context.RequestServices.GetRequiredService<RoleScopes>().All;
            if (scopes.Count > 0)
            {
                writer.WriteStartArray("scopes_supported"u8);
                foreach (var scope in scopes)
                    writer.WriteStringValue(scope);
                writer.WriteEndArray();
            }
            writer.WriteStartArray("bearer_methods_supported"u8);
            writer.WriteStringValue("header"u8);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
