using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary><c>/v1/projects</c>.</summary>
internal static class ProjectEndpoints
{
    private const int LongestTitle = 200;
    private const int LongestDescription = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var projects = routes.MapGroup("/v1/projects").RequireManagement();
        projects.MapGet("", ListAsync);
        projects.MapPost("", CreateAsync);
        projects.MapGet("/{project}", ReadAsync);
        projects.MapPut("/{project}", UpdateAsync);
        projects.MapDelete("/{project}", DeleteAsync);
        ProjectConnectorEndpoints.Map(projects);
    }

    /// <summary>The project that a route names.</summary>
    public static async Task<Project> OfRouteAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["project"]!;
        return await context.RequestServices.GetRequiredService<ProjectStore>().FindAsync(name, context.RequestAborted)
            ?? throw new ProblemException(Problem.NotFound($"There is no project '{UntrustedText.Clean(name)}'."));
    }

    private static async Task ListAsync(HttpContext context)
    {
        var most = (int)context.Request.QueryNumber("limit", 50, 1, 500);
        var page = await context.RequestServices.GetRequiredService<ProjectStore>()
            .ListAsync(context.Request.Query["after"].ToString(), most, context.RequestAborted);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("projects"u8);
            foreach (var project in page)
                Write(writer, project);
            writer.WriteEndArray();
            if (page.Count == most)
                writer.WriteString("next"u8, page[^1].Name);
            writer.WriteEndObject();
        });
    }

    private static async Task CreateAsync(HttpContext context)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("name", "title", "description");
        var name = body.Text("name", 50) ?? "";
        if (!Project.IsName(name))
            throw new ProblemException(Problem.Invalid($"'name' must match {Project.Pattern}, e.g. 'support-eu'."));
        var created = await context.RequestServices.GetRequiredService<ProjectStore>().CreateAsync(
            name, body.Text("title", LongestTitle) ?? name, body.Text("description", LongestDescription) ?? "", context.RequestAborted);
        if (!created)
            throw new ProblemException(Problem.Conflict($"There is a project '{name}' already."));
        await DoneAsync(context, "project.create", name);
        context.Response.Headers.Location = $"/v1/projects/{name}";
        await AnswerAsync(context, 201, name);
    }

    private static async Task ReadAsync(HttpContext context) => await AnswerAsync(context, 200, (await OfRouteAsync(context)).Name);

    private static async Task UpdateAsync(HttpContext context)
    {
        var project = await OfRouteAsync(context);
        var version = ETag.Required(context.Request) ?? project.Version;
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("title", "description");
        var updated = await context.RequestServices.GetRequiredService<ProjectStore>().UpdateAsync(
            project.Name, body.Text("title", LongestTitle) ?? project.Name, body.Text("description", LongestDescription) ?? "", version, context.RequestAborted);
        if (!updated)
            throw ETag.Changed(project.Version);
        await DoneAsync(context, "project.update", project.Name);
        await AnswerAsync(context, 200, project.Name);
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        var project = await OfRouteAsync(context);
        if (!await context.RequestServices.GetRequiredService<ProjectStore>().DeleteAsync(project.Name, ETag.Required(context.Request), context.RequestAborted))
            throw ETag.Changed(project.Version);
        await DoneAsync(context, "project.delete", project.Name);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task AnswerAsync(HttpContext context, int status, string name)
    {
        var project = await context.RequestServices.GetRequiredService<ProjectStore>().FindAsync(name, context.RequestAborted)
            ?? throw new ProblemException(Problem.NotFound($"There is no project '{name}' any more."));
        context.Response.Headers.ETag = ETag.Of(project.Version);
        await context.Response.WriteJsonAsync(status, writer => Write(writer, project));
    }

    private static async Task DoneAsync(HttpContext context, string action, string name)
    {
        context.Audit(action, name, "ok");
        await context.RequestServices.GetRequiredService<ProjectTable>().RefreshAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, Project project)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, project.Name);
        writer.WriteString("title"u8, project.Title);
        writer.WriteString("description"u8, project.Description);
        writer.WriteString("created"u8, project.Created);
        writer.WriteString("updated"u8, project.Updated);
        writer.WriteNumber("version"u8, project.Version);
        writer.WriteString("mcp"u8, $"/projects/{project.Name}/mcp");
        writer.WriteEndObject();
    }
}
