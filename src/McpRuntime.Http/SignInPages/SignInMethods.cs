using McpRuntime.Http.Authentication.Sessions;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.SignInPages;

/// <summary><c>/sign-in/methods</c>: how a person can show who they are, before anyone knows them.</summary>
internal static class SignInMethods
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(SignInLinks.Path + "/methods", WriteAsync).AllowAnonymous();

    private static Task WriteAsync(HttpContext context) => context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("token"u8, true);
            writer.WriteStartArray("issuers"u8);
            foreach (var (name, url) in context.RequestServices.GetRequiredService<SignInLinks>().To())
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, name);
                writer.WriteString("url"u8, url);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
}
