using System.Text.Json;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Access;

/// <summary><c>/v1/caller</c>: who calls, and what that allows; for the page, which shows no more than that.</summary>
internal static class CallerEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/caller", context =>
                context.Response.WriteJsonAsync(200, writer => Write(writer, Caller.Of(context)))
            )
            .ForAuthenticated();

    private static void Write(Utf8JsonWriter writer, Caller caller)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, caller.Id);
        writer.WriteString("kind"u8, JsonNamingPolicy.CamelCase.ConvertName(caller.Kind.ToString()));
        writer.WriteString("name"u8, caller.Name ?? caller.Id);
        writer.WriteTexts("roles"u8, caller.RoleNames);
        writer.WriteTexts("rights"u8, RightNames.NamesOf(caller.RightsOfGateway));
        writer.WriteStartArray("projectRights"u8);
        foreach (var held in ProjectRights.Of(caller))
        {
            writer.WriteStartObject();
            writer.WriteTexts("projects"u8, held.Projects);
            writer.WriteTexts("rights"u8, RightNames.NamesOf(held.Rights));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("access"u8, caller.Access.ToString().ToLowerInvariant());
        if (caller.Expires is { } expires)
            writer.WriteString("expires"u8, expires);
        else
            writer.WriteNull("expires"u8);
        writer.WriteEndObject();
    }
}
