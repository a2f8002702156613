namespace McpRuntime.Cmdlets.Tools;

/// <summary>Finds tools by words: each of them is somewhere in the tool's name, title, description, endpoint, connector or tags.</summary>
/// <param name="text">Words between white space.</param>
internal sealed class ToolSearch(string text)
{
    private readonly string[] _words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public bool Finds(McpTool tool) => Array.TrueForAll(_words, word => Texts(tool).Any(place => place?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));

    private static IEnumerable<string?> Texts(McpTool tool) => [tool.Name, tool.Title, tool.Description, tool.Endpoint, tool.Connector, .. tool.Tags];
}
