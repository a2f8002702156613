using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Http.Projects;

/// <summary>
/// Puts a manifest into a project, in the place of the one before: by installing, importing and restoring.
/// </summary>
internal static class ConnectorInstallation
{
    /// <summary>Installs, or replaces the manifest; switches and filters stay.</summary>
    /// <param name="context">The request, whose conditions count.</param>
    /// <param name="project">The project.</param>
    /// <param name="manifest">Names the connector.</param>
    /// <param name="action">See <see cref="AuditedActions"/>.</param>
    /// <param name="source">Where it is from, for the audit; null to say nothing.</param>
    /// <param name="change">Further changes of what is there, or of a new one.</param>
    /// <returns>What is stored now.</returns>
    /// <exception cref="ProblemException">The request's conditions do not hold.</exception>
    public static async Task<ProjectConnector> SaveAsync(
        HttpContext context,
        Project project,
        ConnectorManifest manifest,
        string action,
        string? source,
        Func<ProjectConnector, ProjectConnector>? change = null
    )
    {
        var store = context.RequestServices.GetRequiredService<ConnectorStore>();
        var text = Encoding.UTF8.GetString(ManifestWriter.ToUtf8(manifest).Span);
        while (true)
        {
            var before = await store.FindAsync(project.Name, manifest.Name, context.RequestAborted);
            Preconditions.Check(context.Request, before?.Version.ETag, mustMatch: true);
            var after = (before ?? ProjectConnector.New(project.Name, manifest.Name, text)) with { Manifest = text };
            after = Reaching(change?.Invoke(after) ?? after, context);
            var summary = Change.Of(source, Replacing(before, manifest));
            var noted = new ConnectorChange(action, Caller.Of(context).Id, summary);
            var isWritten = before is null
                ? await store.InstallAsync(after, noted, context.RequestAborted)
                : await store.UpdateAsync(after, noted, context.RequestAborted);
            if (!isWritten)
                continue;
            await DoneAsync(context, action, project, manifest.Name, summary);
            return await FindAsync(context, project, manifest.Name);
        }
    }

    /// <summary>A connector of a project.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static async Task<ProjectConnector> FindAsync(HttpContext context, Project project, string name) =>
        await context
            .RequestServices.GetRequiredService<ConnectorStore>()
            .FindAsync(project.Name, name, context.RequestAborted)
        ?? throw new ProblemException(
            Problem.NotFound($"The project '{project.Name}' has no connector '{UntrustedText.Clean(name)}'.")
        );

    /// <summary>Notes a change, and serves it.</summary>
    public static async Task DoneAsync(
        HttpContext context,
        string action,
        Project project,
        string connector,
        string detail
    )
    {
        context.Audit(action, $"{project.Name}/{connector}", detail);
        await context
            .RequestServices.GetRequiredService<ProjectTable>()
            .ChangedAsync(project.Name, context.RequestAborted);
    }

    /// <summary>The manifest of a stored connector; null for one of a version that is not read any more.</summary>
    public static ConnectorManifest? ManifestOf(ProjectConnector? connector) =>
        connector is null
            ? null
            : ManifestReader.Read(Encoding.UTF8.GetBytes(connector.Manifest), connector.Name).Manifest;

    // What a manifest may reach depends on who wrote it: approvals were given to another one.
    private static ProjectConnector Reaching(ProjectConnector connector, HttpContext context) =>
        Caller.Of(context).Holds(Rights.Network, connector.Project)
            ? connector with
            {
                // A holder who named single hosts meant these.
                PrivateNetworks = connector.PrivateNetworks || connector.PrivateHosts.Count == 0,
            }
            : connector with
            {
                PrivateNetworks = false,
                PrivateHosts = [],
            };

    private static string Replacing(ProjectConnector? before, ConnectorManifest manifest)
    {
        var earlier = ManifestOf(before);
        return earlier is null
            ? $"version {manifest.Version}, {CountText.Of(manifest.Tools.Count, "tool")}, base URL {manifest.BaseUrl}"
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
}
