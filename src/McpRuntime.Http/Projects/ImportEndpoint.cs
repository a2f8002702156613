using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary><c>POST /v1/projects/{project}/imports</c>: a connector of a document, or its preview.</summary>
internal static class ImportEndpoint
{
    public static void Map(IEndpointRouteBuilder projects) =>
        projects.MapPost("/{project}/imports", ImportAsync).Require(Rights.Connectors, Reach.Project);

    private static async Task ImportAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var body = await context.Request.ReadObjectAsync();
        var isPreview = body.Flag("preview") ?? false;
        var imported = await context
            .RequestServices.GetRequiredService<ProjectImport>()
            .RunAsync(project, body, Caller.Of(context).Holds(Rights.Network, project.Name), context.RequestAborted);
        var manifest = imported.Chosen.Manifest!;
        if (isPreview)
        {
            // What is looked at may be fetched from anywhere: that is worth a line.
            context.Audit("connector.preview", $"{project.Name}/{manifest.Name}", ImportRequest.Describe(body));
            await ImportPreview.WriteAsync(context, project, imported);
            return;
        }
        var saved = await ConnectorInstallation.SaveAsync(
            context,
            project,
            manifest,
            "connector.import",
            ImportRequest.Describe(body),
            connector => connector with { IsChoice = imported.IsChoice }
        );
        await InstalledConnector.WriteAsync(context, saved, manifest.Tools.Count, imported.All.Result.Findings);
    }
}
