using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Commands;

/// <summary>Prints tools in their order.</summary>
internal static class ToolListOutput
{
    private const int WidestName = 32;
    private const int LongestSentence = 200;

    public static Task WriteAsync(
        Terminal terminal,
        ToolCatalog catalog,
        bool isJson,
        CancellationToken cancellationToken
    ) =>
        isJson
            ? JsonOutput.WriteAsync(writer => WriteJson(writer, catalog), cancellationToken)
            : WriteTextAsync(terminal, catalog);

    /// <summary>One line on a tool.</summary>
    public static string Line(Terminal terminal, ServedTool tool, int width)
    {
        var words = FirstSentence.Of(tool.Tool.Title ?? tool.Tool.Description, LongestSentence);
        var endpoint = terminal.OnOut(Colour.Dim, UntrustedText.ForTerminal(tool.Tool.Endpoint));
        return $"{tool.Name.PadRight(width)}  {endpoint}  {words}";
    }

    /// <summary>How wide the names of tools are printed.</summary>
    public static int Width(IEnumerable<ServedTool> tools) =>
        Math.Min(tools.Select(tool => tool.Name.Length).DefaultIfEmpty().Max(), WidestName);

    private static async Task WriteTextAsync(Terminal terminal, ToolCatalog catalog)
    {
        string? connector = null;
        var width = Width(catalog.Tools);
        foreach (var tool in catalog.Tools)
        {
            if (tool.Connector.Name != connector)
            {
                connector = tool.Connector.Name;
                await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, $"{connector} {tool.Connector.Version}"));
            }
            await terminal.Out.WriteLineAsync($"  {Line(terminal, tool, width)}");
        }
        if (connector is null)
            await terminal.Error.WriteLineAsync("No connectors found. Create one with 'mcp-runtime import'.");
    }

    private static void WriteJson(Utf8JsonWriter writer, ToolCatalog catalog)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tools");
        foreach (var tool in catalog.Tools)
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            writer.WriteString("connector", tool.Connector.Name);
            writer.WriteString("title", tool.Tool.Title);
            writer.WriteString("description", tool.Tool.Description);
            writer.WriteString("endpoint", tool.Tool.Endpoint);
            writer.WriteBoolean("read_only", tool.IsReadOnly);
            writer.WritePropertyName("input_schema");
            tool.Tool.InputSchema.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
