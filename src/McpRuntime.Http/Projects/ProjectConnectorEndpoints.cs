using System.Buffers;
using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Projects;

/// <summary><c>/v1/projects/{project}/connectors</c>: install, read, switch, filter and remove the connectors of a project.</summary>
internal static class ProjectConnectorEndpoints
{
    private const Rights Seeing = Rights.Connectors | Rights.Credentials | Rights.Network;

    private const int MostTools = 200;

    public static void Map(IEndpointRouteBuilder projects)
    {
        projects.MapGet("/{project}/connectors", ListAsync).Require(Seeing, Reach.Project);
        projects.MapPost("/{project}/connectors", InstallAsync).Require(Rights.Connectors, Reach.Project);
        projects.MapPost("/{project}/imports", ImportAsync).Require(Rights.Connectors, Reach.Project);
        projects.MapGet("/{project}/connectors/{**connector}", ReadAsync).Require(Seeing, Reach.Project);
        projects.MapPatch("/{project}/connectors/{**connector}", ChangeAsync).Require(Rights.Connectors, Reach.Project);
        projects.MapDelete("/{project}/connectors/{**connector}", RemoveAsync).Require(Rights.Connectors, Reach.Project);
    }

    private static ProjectStore Store(HttpContext context) => context.RequestServices.GetRequiredService<ProjectStore>();

    private static async Task ListAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var connectors = await Store(context).ConnectorsAsync(project.Name, context.RequestAborted);
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
            throw new ProblemException(new(422, "invalid-manifest", "The manifest is not valid", $"{read.Findings.Count} findings.") { Findings = read.Findings });
        await SaveAsync(context, project, manifest, read.Findings);
    }

    private static async Task ImportAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var body = await context.Request.ReadObjectAsync();
        var result = await ProjectImport.RunAsync(body, context.RequestServices, Caller.Of(context).Holds(Rights.Network, project.Name), context.RequestAborted);
        if (result.Manifest is not { } manifest)
            throw new ProblemException(new(422, "invalid-document", "Nothing could be imported", $"{result.Findings.Count} findings.") { Findings = result.Findings });
        await SaveAsync(context, project, manifest, result.Findings);
    }

    private static async Task SaveAsync(HttpContext context, Project project, ConnectorManifest manifest, IReadOnlyList<Finding> findings)
    {
        var text = new ArrayBufferWriter<byte>();
        ManifestWriter.Write(manifest, text);
        await Store(context).InstallAsync(project.Name, manifest.Name, Encoding.UTF8.GetString(text.WrittenSpan), context.RequestAborted);
        await DoneAsync(context, "connector.install", project, manifest.Name);
        context.Response.Headers.Location = $"/v1/projects/{project.Name}/connectors/{manifest.Name}";
        var saved = await FindAsync(context, project, manifest.Name);
        context.Response.Headers.ETag = ETag.Of(saved.Version);
        await context.Response.WriteJsonAsync(201, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, saved.Name);
            writer.WriteNumber("tools"u8, manifest.Tools.Count);
            writer.WriteNumber("version"u8, saved.Version);
            writer.WriteStartArray("findings"u8);
            foreach (var finding in findings)
                writer.WriteStringValue(finding.ToString());
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var connector = await OfRouteAsync(context);
        context.Response.Headers.ETag = ETag.Of(connector.Version);
        await context.Response.WriteJsonAsync(200, writer => Write(writer, connector, withManifest: true));
    }

    private static async Task ChangeAsync(HttpContext context)
    {
        var connector = await OfRouteAsync(context);
        var version = ETag.Required(context.Request) ?? connector.Version;
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("enabled", "tools", "readOnly");
        var tools = body.Texts("tools") ?? connector.Tools;
        if (tools.Count > MostTools || tools.Any(glob => glob.Length is 0 or > 128 || glob.Any(char.IsWhiteSpace)))
            throw new ProblemException(Problem.Invalid($"'tools' takes up to {MostTools} globs without white space."));
        var changed = connector with
        {
            Enabled = body.Flag("enabled") ?? connector.Enabled,
            ReadOnly = body.Flag("readOnly") ?? connector.ReadOnly,
            Tools = tools,
            Version = version,
        };
        if (!await Store(context).UpdateConnectorAsync(changed, context.RequestAborted))
            throw ETag.Changed(connector.Version);
        var project = await ProjectEndpoints.OfRouteAsync(context);
        await DoneAsync(context, "connector.change", project, connector.Name);
        await ReadAsync(context);
    }

    private static async Task RemoveAsync(HttpContext context)
    {
        var connector = await OfRouteAsync(context);
        var project = await ProjectEndpoints.OfRouteAsync(context);
        await Store(context).RemoveConnectorAsync(project.Name, connector.Name, context.RequestAborted);
        await DoneAsync(context, "connector.remove", project, connector.Name);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<ProjectConnector> OfRouteAsync(HttpContext context) =>
        await FindAsync(context, await ProjectEndpoints.OfRouteAsync(context), (string)context.Request.RouteValues["connector"]!);

    private static async Task<ProjectConnector> FindAsync(HttpContext context, Project project, string name) =>
        await Store(context).FindConnectorAsync(project.Name, name, context.RequestAborted)
        ?? throw new ProblemException(Problem.NotFound($"The project '{project.Name}' has no connector '{UntrustedText.Clean(name)}'."));

    private static async Task DoneAsync(HttpContext context, string action, Project project, string connector)
    {
        context.Audit(action, $"{project.Name}/{connector}", "ok");
        await context.RequestServices.GetRequiredService<ProjectTable>().RefreshAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, ProjectConnector connector, bool withManifest)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, connector.Name);
        writer.WriteBoolean("enabled"u8, connector.Enabled);
        writer.WriteBoolean("readOnly"u8, connector.ReadOnly);
        writer.WriteStartArray("tools"u8);
        foreach (var glob in connector.Tools)
            writer.WriteStringValue(glob);
        writer.WriteEndArray();
        writer.WriteString("updated"u8, connector.Updated);
        writer.WriteNumber("version"u8, connector.Version);
        if (withManifest)
            writer.WriteString("manifest"u8, connector.Manifest);
        writer.WriteEndObject();
    }
}
