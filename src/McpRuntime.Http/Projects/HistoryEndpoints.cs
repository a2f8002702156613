using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary>
/// <c>/v1/projects/{project}/connectors/{connector}/history</c>: the last changes, and bringing one back.
/// </summary>
internal static class HistoryEndpoints
{
    public static void Map(IEndpointRouteBuilder projects)
    {
        projects
            .MapGet("/{project}/connectors/{connector}/history", ListAsync)
            .Require(Rights.Connectors, Reach.Project);
        projects
            .MapPost("/{project}/connectors/{connector}/history/{number}/restore", RestoreAsync)
            .Require(Rights.Connectors, Reach.Project);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var name = ConnectorRoute.NameOf(context);
        var entries = await context
            .RequestServices.GetRequiredService<ConnectorHistory>()
            .ListAsync(project.Name, name, context.RequestAborted);
        // It also has connectors that were removed; of others nothing is known.
        if (entries.Count == 0)
            await ConnectorInstallation.FindAsync(context, project, name);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("history"u8);
            foreach (var (place, entry) in entries.Index())
            {
                writer.WriteStartObject();
                writer.WriteNumber("number"u8, entry.Number);
                writer.WriteString("at"u8, entry.Time);
                writer.WriteString("by"u8, entry.Change.Caller.Length == 0 ? null : entry.Change.Caller);
                writer.WriteString("action"u8, entry.Change.Action);
                writer.WriteString("summary"u8, entry.Change.Summary);
                writer.WriteBoolean("current"u8, place == 0 && entry.Change.Action != "connector.remove");
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    // No change has the number 0.
    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // A change as any other: approvals and credentials count for what it brings back as for a new manifest.
    private static async Task RestoreAsync(HttpContext context)
    {
        var project = await ProjectEndpoints.OfRouteAsync(context);
        var name = ConnectorRoute.NameOf(context);
        var number = (string)context.Request.RouteValues["number"]!;
        var entry = await context
            .RequestServices.GetRequiredService<ConnectorHistory>()
            .FindAsync(project.Name, name, Number(number), context.RequestAborted)
            ?? throw new ProblemException(
                Problem.NotFound(
                    $"The history of '{UntrustedText.Clean(name)}' has no number {UntrustedText.Clean(number)}, or no "
                        + $"longer: the last {ConnectorHistory.Most} changes are kept."
                )
            );
        var manifest = ConnectorInstallation.ManifestOf(entry.State)
            ?? throw new ProblemException(
                Problem.Conflict($"The manifest of number {number} can no longer be read by this version.")
            );
        var saved = await ConnectorInstallation.SaveAsync(
            context,
            project,
            manifest,
            "connector.restore",
            $"as of number {number}",
            connector =>
                connector with
                {
                    Enabled = entry.State.Enabled,
                    Tools = entry.State.Tools,
                    ReadOnly = entry.State.ReadOnly,
                    IsChoice = entry.State.IsChoice,
                }
        );
        context.Response.Headers.ETag = saved.Version.ETag;
        await context.Response.WriteJsonAsync(200, writer =>
            ProjectConnectorEndpoints.Write(writer, saved, withManifest: true)
        );
    }
}
