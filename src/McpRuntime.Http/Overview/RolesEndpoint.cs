using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;

namespace McpRuntime.Http.Overview;

/// <summary>
/// <c>/v1/roles</c>: the roles that the caller can grant, and, where the query names a tool, which of them may call it.
/// </summary>
internal static class RolesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/roles", ReadAsync).Require(Rights.Tokens, Reach.Any);

    private static Task ReadAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var book = context.RequestServices.GetRequiredService<RoleBook>();
        var project = context.Request.Query["project"].ToString() is { Length: > 0 } named ? named : null;
        var tool = context.Request.Query["tool"].ToString() is { Length: > 0 } name
            ? Find(context, caller, project, name)
            : null;
        return context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("roles"u8);
            foreach (var role in book.Find(book.Names).Where(role => MayGrant(caller, book, role)))
                Write(writer, role, tool is null ? null : role.Reaches(project) && role.Allows(tool));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    // Without limits, or to tokens that are limited to projects of the caller's.
    private static bool MayGrant(Caller caller, RoleBook book, Role role) =>
        caller.Covers([role])
        || ProjectRights
            .Of(caller)
            .Any(held => held.Rights.HasFlag(Rights.Tokens) && caller.Covers(book.Find([role.Name], held.Projects)));

    private static ServedTool Find(HttpContext context, Caller caller, string? project, string name)
    {
        var served = project is null
            ? context.RequestServices.GetRequiredService<FolderConnectors>().Current
            : context.RequestServices.GetRequiredService<ProjectTable>().Find(project)?.Current;
        return caller.Holds(Rights.Tokens, project) && served?.Tools.TryGet(name, out var tool) == true
            ? tool
            : throw new ProblemException(
                Problem.NotFound($"There is no tool '{UntrustedText.Clean(name)}' here, or none for this caller.")
            );
    }

    private static void Write(Utf8JsonWriter writer, Role role, bool? mayCall)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, role.Name);
        writer.WriteTexts("connectors"u8, role.Connectors.Names);
        writer.WriteTexts("tools"u8, role.Tools.Names);
        if (role.Projects is { } projects)
            writer.WriteTexts("projects"u8, projects.Names);
        else
            writer.WriteNull("projects"u8);
        writer.WriteString("access"u8, role.Class.ToString().ToLowerInvariant());
        writer.WriteTexts("rights"u8, RightNames.NamesOf(role.Rights));
        if (mayCall is { } may)
            writer.WriteBoolean("mayCall"u8, may);
        writer.WriteEndObject();
    }
}
