using McpRuntime.Http.Problems;

namespace McpRuntime.Http.SignInPages;

/// <summary><c>/sign-in/methods</c>: how a person can show who they are, before anyone knows them.</summary>
internal static class SignInMethods
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sign-in/methods", WriteAsync).AllowAnonymous();

    private static Task WriteAsync(HttpContext context) => context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("token"u8, true);
            writer.WriteStartArray("issuers"u8);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
}
