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

    private const int MostTools = 200;

    public static void Map(IEndpointRouteBuilder projects)
    {
        projects.MapGet("/{project}/connectors", ListAsync).Require(Seeing, Reach.Project);
        projects.MapPost("/{project}/connectors", InstallAsync).Require(Rights.Connectors, Reach.Project);
        projects.MapPost("/{project}/imports", ImportAsync).Require(Rights.Connectors, Reach.Project);
        projects.MapGet("/{project}/connectors/{**connector}", ReadAsync).Require(Seeing, Reach.Project);
        projects.MapPatch("/{project}/connectors/{**connector}", ChangeAsync).Require(Rights.Connectors, Reach.Project);
        projects
            .MapDelete("/{project}/connectors/{**connector}", RemoveAsync)
            .Require(Rights.Connectors, Reach.Project);
    }

    private static ProjectStore Store(HttpContext context) =>
        context.RequestServices.GetRequiredService<ProjectStore>();

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
            throw new ProblemException(
                new(422, "invalid-manifest", "The manifest is not valid", $"{read.Findings.Count} findings.")
                {
                    Findings = read.Findings,
                }
            );
        await SaveAsync(context, project, manifest, read.Findings, "connector.install", source: null);
    }

    private static async Task ImportAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var body = await context.Request.ReadObjectAsync();
        var result = await ProjectImport.RunAsync(
            body,
            context.RequestServices,
            MayReachNetworks(context, project),
            context.RequestAborted
        );
        if (result.Manifest is not { } manifest)
            throw new ProblemException(
                new(422, "invalid-document", "Nothing could be imported", $"{result.Findings.Count} findings.")
                {
                    Findings = result.Findings,
                }
            );
        await SaveAsync(context, project, manifest, result.Findings, "connector.import", ProjectImport.SourceOf(body));
    }

    private static async Task SaveAsync(
        HttpContext context,
        Project project,
        ConnectorManifest manifest,
        IReadOnlyList<Finding> findings,
        string action,
        string? source
    )
    {
        var text = new ArrayBufferWriter<byte>();
        ManifestWriter.Write(manifest, text);
        var before = await WriteAsync(context, project, manifest.Name, Encoding.UTF8.GetString(text.WrittenSpan));
        await DoneAsync(context, action, project, manifest.Name, Change.Of(source, InstallationOf(before, manifest)));
        context.Response.Headers.Location = $"/v1/projects/{project.Name}/connectors/{manifest.Name}";
        var saved = await FindAsync(context, project, manifest.Name);
        context.Response.Headers.ETag = saved.Version.ETag;
        await context.Response.WriteJsonAsync(201, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, saved.Name);
            writer.WriteNumber("tools"u8, manifest.Tools.Count);
            writer.WriteNumber("version"u8, saved.Number);
            writer.WriteString("etag"u8, saved.Version.ETag);
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
        context.Response.Headers.ETag = connector.Version.ETag;
        await context.Response.WriteJsonAsync(200, writer => Write(writer, connector, withManifest: true));
    }

    private static async Task ChangeAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("enabled", "tools", "readOnly", "privateNetworks");
        var tools = body.Texts("tools");
        if (
            tools is not null
            && (tools.Count > MostTools || tools.Any(glob => glob.Length is 0 or > 128 || glob.Any(char.IsWhiteSpace)))
        )
            throw new ProblemException(Problem.Invalid($"'tools' takes up to {MostTools} globs without white space."));
        var privateNetworks = body.Flag("privateNetworks");
        if (privateNetworks is not null && !MayReachNetworks(context, project))
            throw new ProblemException(
                Problem.InsufficientScope("The right 'network' is needed for this project to change 'privateNetworks'.")
            );
        var (enabled, readOnly) = (body.Flag("enabled"), body.Flag("readOnly"));
        var connector = await ChangeAsync(context, current =>
            Store(context)
                .UpdateConnectorAsync(
                    current with
                    {
                        Enabled = enabled ?? current.Enabled,
                        ReadOnly = readOnly ?? current.ReadOnly,
                        PrivateNetworks = privateNetworks ?? current.PrivateNetworks,
                        Tools = tools ?? current.Tools,
                    },
                    context.RequestAborted
                )
        );
        await DoneAsync(
            context,
            "connector.change",
            project,
            connector.Name,
            Change.Of(
                Change.Value("enabled", connector.Enabled, enabled ?? connector.Enabled),
                Change.Value("readOnly", connector.ReadOnly, readOnly ?? connector.ReadOnly),
                Change.Value(
                    "privateNetworks",
                    connector.PrivateNetworks,
                    privateNetworks ?? connector.PrivateNetworks
                ),
                Change.List("tools", connector.Tools, tools ?? connector.Tools)
            )
        );
        await ReadAsync(context);
    }

    private static async Task RemoveAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var connector = await ChangeAsync(context, current =>
            Store(context).RemoveConnectorAsync(current, context.RequestAborted)
        );
        await DoneAsync(context, "connector.remove", project, connector.Name, "");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Installs, or replaces the manifest; switches and filters stay. What a manifest may reach depends on who wrote it.
    private static async Task<ProjectConnector?> WriteAsync(
        HttpContext context,
        Project project,
        string name,
        string manifest
    )
    {
        var privateNetworks = MayReachNetworks(context, project);
        while (true)
        {
            var current = await Store(context).FindConnectorAsync(project.Name, name, context.RequestAborted);
            Preconditions.Check(context.Request, current?.Version.ETag, mustMatch: true);
            var isWritten = current is null
                ? await Store(context)
                    .InstallAsync(project.Name, name, manifest, privateNetworks, context.RequestAborted)
                : await Store(context)
                    .UpdateConnectorAsync(
                        current with
                        {
                            Manifest = manifest,
                            PrivateNetworks = privateNetworks,
                        },
                        context.RequestAborted
                    );
            if (isWritten)
                return current;
        }
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

    private static bool MayReachNetworks(HttpContext context, Project project) =>
        Caller.Of(context).Holds(Rights.Network, project.Name);

    private static async Task<ProjectConnector> OfRouteAsync(HttpContext context) =>
        await FindAsync(
            context,
            await ProjectEndpoints.OfRouteAsync(context),
            (string)context.Request.RouteValues["connector"]!
        );

    private static async Task<ProjectConnector> FindAsync(HttpContext context, Project project, string name) =>
        await Store(context).FindConnectorAsync(project.Name, name, context.RequestAborted)
        ?? throw new ProblemException(
            Problem.NotFound($"The project '{project.Name}' has no connector '{UntrustedText.Clean(name)}'.")
        );

    // What a manifest is in the place of; the one before may be of a version that is not read any more.
    private static string InstallationOf(ProjectConnector? before, ConnectorManifest manifest)
    {
        var earlier = before is null
            ? null
            : ManifestReader.Read(Encoding.UTF8.GetBytes(before.Manifest), before.Name).Manifest;
        return earlier is null
            ? $"version {manifest.Version}, {manifest.Tools.Count} tools, base URL {manifest.BaseUrl}"
            : Change.Of(
                "replaces the previous one",
                Change.Value("version", earlier.Version, manifest.Version),
                Change.Value("base URL", earlier.BaseUrl, manifest.BaseUrl),
                Change.List(
                    "tools",
                    [.. earlier.Tools.Select(tool => tool.Name)],
                    [.. manifest.Tools.Select(tool => tool.Name)]
                )
            );
    }

    private static async Task DoneAsync(
        HttpContext context,
        string action,
        Project project,
        string connector,
        string detail
    )
    {
        context.Audit(action, $"{project.Name}/{connector}", detail);
        await context.RequestServices.GetRequiredService<ProjectTable>().RefreshAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, ProjectConnector connector, bool withManifest)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, connector.Name);
        writer.WriteBoolean("enabled"u8, connector.Enabled);
        writer.WriteBoolean("readOnly"u8, connector.ReadOnly);
        writer.WriteBoolean("privateNetworks"u8, connector.PrivateNetworks);
        writer.WriteStartArray("tools"u8);
        foreach (var glob in connector.Tools)
            writer.WriteStringValue(glob);
        writer.WriteEndArray();
        writer.WriteString("updated"u8, connector.Updated);
        writer.WriteNumber("version"u8, connector.Number);
        writer.WriteString("etag"u8, connector.Version.ETag);
        if (withManifest)
            writer.WriteString("manifest"u8, connector.Manifest);
        writer.WriteEndObject();
    }
}
