using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary><c>GET /v1/projects/{project}/connectors/{connector}/manifest</c>: the manifest as a file.</summary>
internal static class ManifestEndpoint
{
    public static void Map(IEndpointRouteBuilder projects) =>
        projects
            .MapGet("/{project}/connectors/{connector}/manifest", ReadAsync)
            .Require(Rights.Connectors, Reach.Project);

    private static async Task ReadAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var connector = await ConnectorInstallation.FindAsync(context, project, ConnectorRoute.NameOf(context));
        await context.WriteManifestAsync(connector.Name, connector.Manifest);
    }
}
