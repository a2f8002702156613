using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Guards;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary><c>/v1/projects</c>.</summary>
internal static class ProjectEndpoints
{
    // Anyone who manages something in a project has to find it.
    private const Rights Seeing = Rights.Projects | Rights.Connectors | Rights.Credentials | Rights.Network;

    private const int LongestTitle = 200;
    private const int LongestDescription = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var projects = routes.MapGroup("/v1/projects").WithMetadata(HasEntityTag.Marker);
        projects.MapGet("", ListAsync).Require(Seeing, Reach.Any);
        projects.MapPost("", CreateAsync).Require(Rights.Projects, Reach.Any);
        projects.MapGet("/{project}", ReadAsync).Require(Seeing, Reach.Project);
        projects.MapPut("/{project}", UpdateAsync).Require(Rights.Projects, Reach.Project);
        projects.MapDelete("/{project}", DeleteAsync).Require(Rights.Projects, Reach.Project);
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
        var (page, next) = await VisibleAsync(context, context.Request.Query["after"].ToString(), most);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("projects"u8);
            foreach (var project in page)
                Write(writer, project);
            writer.WriteEndArray();
            if (next is not null)
                writer.WriteString("next"u8, next);
            writer.WriteEndObject();
        });
    }

    // Up to so many projects of the caller after a name, and the name to go on after; null where there are no more.
    private static async Task<(IReadOnlyList<Project> Page, string? Next)> VisibleAsync(
        HttpContext context,
        string after,
        int most
    )
    {
        var store = context.RequestServices.GetRequiredService<ProjectStore>();
        var caller = Caller.Of(context);
        var visible = new List<Project>();
        while (true)
        {
            var page = await store.ListAsync(after, most, context.RequestAborted);
            visible.AddRange(page.Where(project => caller.Holds(Seeing, project.Name)));
            if (visible.Count >= most && (visible.Count > most || page.Count == most))
                return ([.. visible.Take(most)], visible[most - 1].Name);
            if (page.Count < most)
                return (visible, null);
            after = page[^1].Name;
        }
    }

    private static async Task CreateAsync(HttpContext context)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("name", "title", "description", "expose");
        var name = body.Text("name", 50) ?? "";
        if (!Project.IsName(name))
            throw new ProblemException(Problem.Invalid($"'name' must match {Project.Pattern}, e.g. 'support-eu'."));
        if (!Caller.Of(context).Holds(Rights.Projects, name))
            throw new ProblemException(
                Problem.InsufficientScope($"The right 'projects' is needed for a project named '{name}'.")
            );
        var store = context.RequestServices.GetRequiredService<ProjectStore>();
        Preconditions.Check(
            context.Request,
            (await store.FindAsync(name, context.RequestAborted))?.Version.ETag,
            mustMatch: false
        );
        var title = body.Text("title", LongestTitle) ?? name;
        var created = await store.CreateAsync(
            name,
            title,
            body.Text("description", LongestDescription) ?? "",
            ExposeWord.Read(body.Text("expose", LongestTitle)),
            context.RequestAborted
        );
        if (!created)
            throw new ProblemException(Problem.Conflict($"The project '{name}' already exists."));
        await DoneAsync(context, "project.create", name, $"title '{title}'");
        context.Response.Headers.Location = $"/v1/projects/{name}";
        await AnswerAsync(context, 201, name);
    }

    private static async Task ReadAsync(HttpContext context) =>
        await AnswerAsync(context, 200, (await OfRouteAsync(context)).Name);

    private static async Task UpdateAsync(HttpContext context)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("title", "description", "expose");
        var store = context.RequestServices.GetRequiredService<ProjectStore>();
        var (title, description) = (
            body.Text("title", LongestTitle),
            body.Text("description", LongestDescription) ?? ""
        );
        var expose = ExposeWord.Read(body.Text("expose", LongestTitle));
        var project = await ChangeAsync(context, current =>
            store.UpdateAsync(
                current with
                {
                    Title = title ?? current.Name,
                    Description = description,
                    Expose = expose,
                },
                context.RequestAborted
            )
        );
        await DoneAsync(
            context,
            "project.update",
            project.Name,
            Change.Of(
                Change.Value("title", project.Title, title ?? project.Name),
                Change.Value("description", project.Description, description),
                Change.Value("expose", ExposeWord.Of(project.Expose) ?? "", ExposeWord.Of(expose) ?? "")
            )
        );
        await AnswerAsync(context, 200, project.Name);
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        var store = context.RequestServices.GetRequiredService<ProjectStore>();
        var project = await ChangeAsync(context, current => store.DeleteAsync(current, context.RequestAborted));
        await DoneAsync(context, "project.delete", project.Name, $"title '{project.Title}'");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Until the change meets what its conditions were looked at for: another one may come in between.
    private static async Task<Project> ChangeAsync(HttpContext context, Func<Project, Task<bool>> change)
    {
        while (true)
        {
            var current = await OfRouteAsync(context);
            Preconditions.Check(context.Request, current.Version.ETag, mustMatch: true);
            if (await change(current))
                return current;
        }
    }

    private static async Task AnswerAsync(HttpContext context, int status, string name)
    {
        var project = await context
            .RequestServices.GetRequiredService<ProjectStore>()
            .FindAsync(name, context.RequestAborted)
            ?? throw new ProblemException(Problem.NotFound($"The project '{name}' no longer exists."));
        context.Response.Headers.ETag = project.Version.ETag;
        await context.Response.WriteJsonAsync(status, writer => Write(writer, project));
    }

    private static async Task DoneAsync(HttpContext context, string action, string name, string detail)
    {
        context.Audit(action, name, detail, project: name);
        await context.RequestServices.GetRequiredService<ProjectTable>().ChangedAsync(name, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, Project project)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, project.Name);
        writer.WriteString("title"u8, project.Title);
        writer.WriteString("description"u8, project.Description);
        writer.WriteString("expose"u8, ExposeWord.Of(project.Expose));
        writer.WriteString("created"u8, project.Created);
        writer.WriteString("updated"u8, project.Updated);
        writer.WriteNumber("version"u8, project.Number);
        writer.WriteString("etag"u8, project.Version.ETag);
        writer.WriteString("mcp"u8, $"/projects/{project.Name}/mcp");
        writer.WriteEndObject();
    }
}
