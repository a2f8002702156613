using System.Globalization;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Search;

namespace McpRuntime.Stdio.Commands;

/// <summary>Prints the tools that fit a request best, best first.</summary>
internal static class ToolSearchOutput
{
    private const int ScoreDigits = 4;

    public static async Task WriteAsync(
        Terminal terminal,
        ToolCatalog catalog,
        string words,
        int limit,
        bool isJson,
        CancellationToken cancellationToken
    )
    {
        var hits = ToolSearchIndex.Of(catalog).Search(words, limit);
        if (isJson)
            await JsonOutput.WriteAsync(writer => WriteJson(writer, catalog, hits), cancellationToken);
        else
            await WriteTextAsync(terminal, catalog, hits);
        if (hits.Count == 0)
            await terminal.Error.WriteLineAsync(
                "No tool has anything of these words. Use the words of the API, or list all with 'mcp-runtime tools'."
            );
    }

    private static async Task WriteTextAsync(Terminal terminal, ToolCatalog catalog, IReadOnlyList<SearchHit> hits)
    {
        ServedTool[] tools = [.. hits.Select(hit => catalog.Tools[hit.Position])];
        var width = ToolListOutput.Width(tools);
        for (var i = 0; i < tools.Length; i++)
        {
            var score = hits[i].Score.ToString("0.00", CultureInfo.InvariantCulture);
            await terminal.Out.WriteLineAsync($"{score}  {ToolListOutput.Line(terminal, tools[i], width)}");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, ToolCatalog catalog, IReadOnlyList<SearchHit> hits)
    {
        writer.WriteStartArray();
        foreach (var hit in hits)
        {
            var tool = catalog.Tools[hit.Position];
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            writer.WriteString("connector", tool.Connector.Name);
            writer.WriteString("endpoint", tool.Endpoint);
            writer.WriteNumber("score", Math.Round(hit.Score, ScoreDigits));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
