using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Overview;

/// <summary>
/// <c>/v1/connectors</c>: every connector that the caller reaches, of the folder and of projects, and the manifests of
/// the folder. The folder's files belong to the operator and are only read here.
/// </summary>
internal static class ConnectorsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/connectors", ListAsync).ForCallers();
        routes.MapGet("/v1/connectors/{connector}/manifest", ManifestAsync).Require(Rights.Connectors, Reach.Gateway);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var entries = await context
            .RequestServices.GetRequiredService<ConnectorOverview>()
            .ReadAsync(Caller.Of(context), context.RequestAborted);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("connectors"u8);
            foreach (var entry in entries)
                Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task ManifestAsync(HttpContext context)
    {
        var folder = context.RequestServices.GetRequiredService<FolderConnectors>();
        await folder.Loaded.WaitAsync(context.RequestAborted);
        var name = ConnectorRoute.NameOf(context);
        var loaded = folder.Folder.Connectors.FirstOrDefault(connector => connector.Manifest.Name == name)
            ?? throw new ProblemException(
                Problem.NotFound($"The connectors folder has no connector '{UntrustedText.Clean(name)}'.")
            );
        // As it is served, which is not what the file says where that is no longer valid.
        await context.WriteManifestAsync(
            name,
            System.Text.Encoding.UTF8.GetString(ManifestWriter.ToUtf8(loaded.Manifest).Span)
        );
    }

    private static void Write(Utf8JsonWriter writer, ConnectorEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, entry.Name);
        writer.WriteString("project"u8, entry.Project);
        writer.WriteString("title"u8, UntrustedText.Clean(entry.Manifest?.Title ?? entry.Name));
        writer.WriteString("version"u8, entry.Manifest is null ? null : UntrustedText.Clean(entry.Manifest.Version));
        writer.WriteNumber("tools"u8, entry.Tools);
        writer.WriteString("state"u8, entry.State);
        if (entry.Health is not null)
        {
            writer.WriteString("detail"u8, entry.Detail);
            writer.WriteStartArray("missing"u8);
            foreach (var (what, how) in entry.Missing)
            {
                writer.WriteStartObject();
                writer.WriteString("what"u8, what);
                writer.WriteString("how"u8, how);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            WriteRefused(writer, entry);
            writer.WriteBoolean("readOnly"u8, entry.Project is null);
            writer.WriteTexts(
                "origins"u8,
                entry.Manifest is null ? [] : CredentialTargets.OriginsOf(entry.Manifest, entry.Project)
            );
            writer.WriteString("etag"u8, entry.ETag);
        }
        writer.WriteEndObject();
    }

    private static void WriteRefused(Utf8JsonWriter writer, ConnectorEntry entry)
    {
        writer.WriteStartArray("refused"u8);
        foreach (var difference in entry.Refused)
        {
            writer.WriteStartObject();
            writer.WriteString("tool"u8, difference.Tool);
            writer.WriteString("kind"u8, difference.Kind.ToString().ToLowerInvariant());
            writer.WriteTexts("words"u8, difference.Words);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("approve"u8, entry.Approve);
    }
}
