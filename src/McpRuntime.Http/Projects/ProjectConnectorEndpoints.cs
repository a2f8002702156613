using System.Buffers;
using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Http.Projects;

/// <summary>
/// <c>/v1/projects/{project}/connectors</c>: install, read, switch, filter and remove the connectors of a project.
/// </summary>
internal static class ProjectConnectorEndpoints
{
    private const Rights Seeing = Rights.Connectors | Rights.Credentials | Rights.Network;

    public static void Map(IEndpointRouteBuilder projects)
    {
        projects.MapGet("/{project}/connectors", ListAsync).Require(Seeing, Reach.Project);
        projects.MapPost("/{project}/connectors", InstallAsync).Require(Rights.Connectors, Reach.Project);
        ImportEndpoint.Map(projects);
        ManifestEndpoint.Map(projects);
        HistoryEndpoints.Map(projects);
        projects.MapGet("/{project}/connectors/{**connector}", ReadAsync).Require(Seeing, Reach.Project);
        projects.MapPatch("/{project}/connectors/{**connector}", ChangeAsync).Require(Rights.Connectors, Reach.Project);
        projects
            .MapDelete("/{project}/connectors/{**connector}", RemoveAsync)
            .Require(Rights.Connectors, Reach.Project);
    }

    private static ConnectorStore Store(HttpContext context) =>
        context.RequestServices.GetRequiredService<ConnectorStore>();

    private static async Task ListAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var connectors = await Store(context).ListAsync(project.Name, context.RequestAborted);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("connectors"u8);
            foreach (var connector in connectors)
                Write(writer, connector, withManifest: false);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    // The body is the manifest itself, in YAML or JSON.
    private static async Task InstallAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var read = ManifestReader.Read(body.ToArray(), "manifest");
        if (read.Manifest is not { } manifest)
            throw new ProblemException(
                new(
                    422,
                    "invalid-manifest",
                    "The manifest is not valid",
                    $"{CountText.Of(read.Findings.Count, "finding")}."
                )
                {
                    Findings = read.Findings,
                }
            );
        var saved = await ConnectorInstallation.SaveAsync(
            context,
            project,
            manifest,
            "connector.install",
            source: null,
            connector => connector with { IsChoice = false }
        );
        await InstalledConnector.WriteAsync(context, saved, manifest.Tools.Count, read.Findings);
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var connector = await OfRouteAsync(context);
        context.Response.Headers.ETag = connector.Version.ETag;
        await context.Response.WriteJsonAsync(200, writer => Write(writer, connector, withManifest: true));
    }

    private static async Task ChangeAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var change = await ConnectorSettings.ReadAsync(context, project);
        var summary = "";
        var connector = await ChangeAsync(context, current =>
        {
            var changed = change(current);
            summary = ConnectorSettings.Describe(current, changed);
            return Store(context)
                .UpdateAsync(
                    changed,
                    new ConnectorChange("connector.change", Caller.Of(context).Id, summary),
                    context.RequestAborted
                );
        });
        await ConnectorInstallation.DoneAsync(context, "connector.change", project, connector.Name, summary);
        await ReadAsync(context);
    }

    private static async Task RemoveAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var connector = await ChangeAsync(context, current =>
            Store(context)
                .RemoveAsync(
                    current,
                    new ConnectorChange("connector.remove", Caller.Of(context).Id, ""),
                    context.RequestAborted
                )
        );
        await ConnectorInstallation.DoneAsync(context, "connector.remove", project, connector.Name, "");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Until the change meets what its conditions were looked at for: another one may come in between.
    private static async Task<ProjectConnector> ChangeAsync(
        HttpContext context,
        Func<ProjectConnector, Task<bool>> change
    )
    {
        while (true)
        {
            var current = await OfRouteAsync(context);
            Preconditions.Check(context.Request, current.Version.ETag, mustMatch: true);
            if (await change(current))
                return current;
        }
    }

    private static async Task<ProjectConnector> OfRouteAsync(HttpContext context) =>
        await ConnectorInstallation.FindAsync(
            context,
            await ProjectEndpoints.OfRouteAsync(context),
            ConnectorRoute.NameOf(context)
        );

    /// <summary>Writes a connector as an object.</summary>
    public static void Write(Utf8JsonWriter writer, ProjectConnector connector, bool withManifest)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, connector.Name);
        writer.WriteBoolean("enabled"u8, connector.Enabled);
        writer.WriteBoolean("readOnly"u8, connector.ReadOnly);
        writer.WriteBoolean("privateNetworks"u8, connector.PrivateNetworks);
        writer.WriteTexts("privateHosts"u8, connector.PrivateHosts);
        writer.WriteTexts("tools"u8, connector.Tools);
        writer.WriteString("updated"u8, connector.Updated);
        writer.WriteNumber("version"u8, connector.Number);
        writer.WriteString("etag"u8, connector.Version.ETag);
        if (withManifest)
            writer.WriteString("manifest"u8, connector.Manifest);
        writer.WriteEndObject();
    }
}
