using System.CommandLine;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>tools</c>: what <c>serve</c> would list, under the same names.</summary>
internal static class ToolsCommand
{
    private const string Examples =
        """
        mcp-runtime tools
        mcp-runtime tools --connectors ./connectors --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var connectors = CommonOptions.Connectors();
        var format = CommonOptions.Format();
        var command = new DocumentedCommand("tools", "Lists the tools of all connectors.", Examples)
        {
            connectors, format,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var snapshot = await ConnectorFolder.LoadAsync(
                CommonOptions.Settings(parsed, connectors), cancellationToken);
            await FindingsText.WriteAsync(terminal, snapshot.Findings);
            if (parsed.GetValue(format) == OutputFormat.Json)
                await JsonOutput.WriteAsync(writer => WriteJson(writer, snapshot.Tools), cancellationToken);
            else
                await WriteTextAsync(terminal, snapshot.Tools);
            return snapshot.Findings.Any(finding => finding.Severity == FindingSeverity.Error)
                ? ExitCode.Failed
                : ExitCode.Good;
        });
        return command;
    }

    private static async Task WriteTextAsync(Terminal terminal, ToolCatalog catalog)
    {
        string? connector = null;
        var width = Math.Min(catalog.Tools.Select(tool => tool.Name.Length).DefaultIfEmpty().Max(), 32);
        foreach (var tool in catalog.Tools)
        {
            if (tool.Connector.Name != connector)
            {
                connector = tool.Connector.Name;
                await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, $"{connector} {tool.Connector.Version}"));
            }
            var words = UntrustedText.Clean((tool.Tool.Title ?? tool.Tool.Description ?? "").Split('\n')[0]);
            var endpoint = terminal.OnOut(Colour.Dim, UntrustedText.ForTerminal(tool.Tool.Endpoint));
            await terminal.Out.WriteLineAsync($"  {tool.Name.PadRight(width)}  {endpoint}  {words}");
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
