using System.Globalization;
using System.Text.Json;
using McpRuntime.Connectors.Costs;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Commands;

/// <summary>What the tools cost in tokens of a model: by connector, part, tag and tool.</summary>
internal static class ToolCostOutput
{
    private const int UsualLines = 10;

    private static readonly (string Name, Func<ToolCost, int> Tokens)[] Parts =
    [
        ("name, title, description", cost => cost.Text),
        ("input schemas", cost => cost.InputSchema),
        ("shared definitions", cost => cost.Definitions),
        ("output schemas", cost => cost.OutputSchema),
        ("annotations and _meta", cost => cost.Annotations),
    ];

    /// <param name="terminal">Where to.</param>
    /// <param name="cost">The cost.</param>
    /// <param name="isAll">Every tag and tool, not the costliest ones only.</param>
    /// <param name="isJson">As JSON, which always has all.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static Task WriteAsync(
        Terminal terminal,
        CatalogCost cost,
        bool isAll,
        bool isJson,
        CancellationToken cancellationToken
    ) =>
        isJson
            ? JsonOutput.WriteAsync(writer => WriteJson(writer, cost), cancellationToken)
            : WriteTextAsync(terminal, cost, isAll);

    private static async Task WriteTextAsync(Terminal terminal, CatalogCost cost, bool isAll)
    {
        if (cost.Tools == 0)
        {
            await terminal.Error.WriteLineAsync("There are no tools. Create a connector with 'mcp-runtime import'.");
            return;
        }
        if (cost.Connectors.Count > 1)
            await terminal.Out.WriteLineAsync(
                terminal.OnOut(Colour.Bold, $"All connectors: {Heading(cost.Tools, cost.Total)}")
            );
        foreach (var connector in cost.Connectors)
            await WriteAsync(terminal, connector, isAll);
    }

    private static void WriteJson(Utf8JsonWriter writer, CatalogCost cost)
    {
        writer.WriteStartObject();
        writer.WriteNumber("tools", cost.Tools);
        WriteTokens(writer, cost.Total);
        writer.WriteStartArray("connectors");
        foreach (var connector in cost.Connectors)
        {
            writer.WriteStartObject();
            writer.WriteString("name", connector.Name);
            WriteTokens(writer, connector.Total);
            writer.WriteStartArray("tags");
            foreach (var tag in connector.Tags)
            {
                writer.WriteStartObject();
                writer.WriteString("tag", tag.Tag);
                writer.WriteNumber("tools", tag.Tools);
                WriteTokens(writer, tag.Cost);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("tools");
            foreach (var tool in connector.Tools)
            {
                writer.WriteStartObject();
                writer.WriteString("name", tool.Tool.Name);
                writer.WriteString("endpoint", tool.Tool.Endpoint);
                WriteTokens(writer, tool.Cost);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static async Task WriteAsync(Terminal terminal, ConnectorCost connector, bool isAll)
    {
        await terminal.Out.WriteLineAsync(
            terminal.OnOut(Colour.Bold, $"{connector.Name}: {Heading(connector.Tools.Count, connector.Total)}")
        );
        await WriteTableAsync(
            terminal,
            "part",
            [.. Parts.Select(part => (part.Name, part.Tokens(connector.Total), "")).Where(part => part.Item2 > 0)],
            isAll: true
        );
        await WriteTableAsync(
            terminal,
            "tag",
            [.. connector.Tags.Select(tag => (tag.Tag ?? "(none)", tag.Cost.Total, CountText.Of(tag.Tools, "tool")))],
            isAll
        );
        await WriteTableAsync(
            terminal,
            "tool",
            [.. connector.Tools.Select(tool => (tool.Tool.Name, tool.Cost.Total, Largest(tool.Cost)))],
            isAll
        );
    }

    private static async Task WriteTableAsync(
        Terminal terminal,
        string what,
        IReadOnlyList<(string Name, int Tokens, string Note)> rows,
        bool isAll
    )
    {
        var shown = isAll ? rows.Count : Math.Min(rows.Count, UsualLines);
        await terminal.Out.WriteLineAsync($"  {Number(0, "tokens")}  {what}");
        foreach (var (name, tokens, note) in rows.Take(shown))
        {
            var dim = note.Length > 0 ? terminal.OnOut(Colour.Dim, $"  ({note})") : "";
            await terminal.Out.WriteLineAsync(
                $"  {Number(tokens, null)}  {UntrustedText.ForTerminal(UntrustedText.Clean(name))}{dim}"
            );
        }
        if (shown < rows.Count)
            await terminal.Out.WriteLineAsync(
                $"  {Number(0, "")}  and {Count(rows.Count - shown)} more; --all shows all."
            );
    }

    private static string Heading(int tools, ToolCost cost) =>
        $"{CountText.Of(tools, "tool")}, about {CountText.Of(cost.Total, "token")}";

    private static string Largest(ToolCost cost)
    {
        var (name, tokens) = Parts.Select(part => (part.Name, Tokens: part.Tokens(cost))).MaxBy(part => part.Tokens);
        return $"{name} {Count(tokens)}";
    }

    private static string Number(int tokens, string? text) => (text ?? Count(tokens)).PadLeft(9);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteTokens(Utf8JsonWriter writer, ToolCost cost)
    {
        writer.WriteStartObject("tokens");
        writer.WriteNumber("total", cost.Total);
        foreach (var (name, tokens) in cost.Parts)
            writer.WriteNumber(name, tokens);
        writer.WriteEndObject();
    }
}
