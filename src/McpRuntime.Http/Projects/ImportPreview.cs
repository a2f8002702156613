using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Import;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Projects;

/// <summary>What an import would install, and how it differs from what is there.</summary>
internal static class ImportPreview
{
    public static Task WriteAsync(HttpContext context, Project project, ConnectorCandidate imported)
    {
        var manifest = imported.Chosen.Manifest!;
        var targets = CredentialTargets.Of(manifest, project.Name);
        return context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, manifest.Name);
            writer.WriteString("title"u8, UntrustedText.Clean(manifest.Title));
            writer.WriteString("version"u8, UntrustedText.Clean(manifest.Version));
            writer.WriteString("etag"u8, imported.Before?.Version.ETag);
            writer.WriteTexts("origins"u8, CredentialTargets.OriginsOf(manifest, project.Name));
            WriteTools(writer, imported);
            writer.WriteNumber("tokens"u8, imported.Chosen.EstimatedTokens);
            WriteSkipped(writer, imported);
            FindingsJson.Write(writer, imported.All.Result.Findings);
            ImportReport.WriteKept(writer, imported.All.Kept);
            writer.WritePropertyName("difference"u8);
            if (imported.Difference is { } difference)
            {
                writer.WriteStartObject();
                ImportReport.Write(writer, difference);
                writer.WriteEndObject();
            }
            else
                writer.WriteNullValue();
            writer.WriteStartArray("credentials"u8);
            foreach (var target in targets)
            {
                writer.WriteStartObject();
                CredentialTargets.Write(writer, target);
                writer.WriteTexts("origins"u8, target.Origins.Select(origin => origin.ToString()));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteString("manifest"u8, ManifestWriter.ToUtf8(manifest).Span);
            writer.WriteEndObject();
        });
    }

    private static void WriteTools(Utf8JsonWriter writer, ConnectorCandidate imported)
    {
        var all = imported.All.Result;
        var chosen = imported.Chosen.Manifest!.Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var access = ToolCatalog
            .Create([all.Manifest!])
            .Tools.ToDictionary(tool => tool.ManifestName, tool => tool.Access, StringComparer.Ordinal);
        writer.WriteStartArray("tools"u8);
        foreach (var (tool, counted) in all.Manifest!.Tools.Zip(all.Tools))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, tool.Name);
            writer.WriteString("title"u8, UntrustedText.Clean(tool.Title));
            writer.WriteString("description"u8, UntrustedText.CleanMultiline(tool.Description));
            writer.WriteString("endpoint"u8, UntrustedText.Clean(tool.Endpoint));
            writer.WriteString("access"u8, access[tool.Name].ToString().ToLowerInvariant());
            writer.WriteNumber("tokens"u8, counted.EstimatedTokens);
            writer.WriteBoolean("chosen"u8, chosen.Contains(tool.Name));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteSkipped(Utf8JsonWriter writer, ConnectorCandidate imported)
    {
        writer.WriteStartArray("skipped"u8);
        foreach (var operation in imported.All.Result.Skipped)
        {
            writer.WriteStartObject();
            writer.WriteString("method"u8, operation.Method);
            writer.WriteString("path"u8, UntrustedText.Clean(operation.Path));
            writer.WriteString("reason"u8, UntrustedText.Clean(operation.Reason));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
