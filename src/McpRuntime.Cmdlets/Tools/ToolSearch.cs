using McpRuntime.Json;
using McpRuntime.Search;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Finds the tools that fit a request best.</summary>
/// <param name="tools">All tools of a target; what is chosen of them does not change how they are ranked.</param>
internal sealed class ToolSearch(IReadOnlyList<McpTool> tools)
{
    private readonly ToolSearchIndex _index = ToolSearchIndex.Create([.. tools.Select(Text)]);

    /// <summary>Those of <paramref name="chosen"/> that have anything of the request, best first.</summary>
    public IEnumerable<McpTool> Rank(string request, IEnumerable<McpTool> chosen)
    {
        var byName = new Dictionary<string, McpTool>(StringComparer.Ordinal);
        foreach (var tool in chosen)
            byName.TryAdd(tool.Name, tool);
        return _index
            .Search(request, tools.Count, position => byName.ContainsKey(tools[position].Name))
            .Select(hit => byName[tools[hit.Position].Name]);
    }

    private static SearchableTool Text(McpTool tool) =>
        tool.Served is { } served
            ? SearchableTool.Of(served)
            : new SearchableTool
            {
                Name = tool.Name,
                Connector = tool.Connector,
                Endpoint = tool.Endpoint,
                Title = tool.Title,
                Description = tool.Description,
                Tags = tool.Tags,
                InputSchema = JsonText.From(tool.Arguments.Schema),
            };
}
