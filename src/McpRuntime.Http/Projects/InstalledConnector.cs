using McpRuntime.Diagnostics;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary>The answer to an installation.</summary>
internal static class InstalledConnector
{
    public static Task WriteAsync(
        HttpContext context,
        ProjectConnector saved,
        int tools,
        IReadOnlyList<Finding> findings
    )
    {
        // What the lock refuses is said to those who install it, not only to the operator.
        var refused = context
            .RequestServices.GetRequiredService<ProjectTable>()
            .Find(saved.Project)
            ?.Installed.FirstOrDefault(one => one.Name == saved.Name)
            ?.Check?.Findings;
        context.Response.Headers.Location = $"/v1/projects/{saved.Project}/connectors/{saved.Name}";
        context.Response.Headers.ETag = saved.Version.ETag;
        return context.Response.WriteJsonAsync(201, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, saved.Name);
            writer.WriteNumber("tools"u8, tools);
            writer.WriteNumber("version"u8, saved.Number);
            writer.WriteString("etag"u8, saved.Version.ETag);
            FindingsJson.Write(writer, [.. findings, .. refused ?? []]);
            writer.WriteEndObject();
        });
    }
}
