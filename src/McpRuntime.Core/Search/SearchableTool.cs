using McpRuntime.Connectors;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Search;

/// <summary>What a tool is found by.</summary>
public sealed record SearchableTool
{
    /// <summary>The name to call it by.</summary>
    public required string Name { get; init; }

    /// <summary>Null for a tool that is not a connector's.</summary>
    public string? Connector { get; init; }

    /// <summary><c>METHOD /path</c>; null for a tool that is not an operation of an API.</summary>
    public string? Endpoint { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>JSON Schema of its arguments; null where nothing is known of them.</summary>
    public JsonText? InputSchema { get; init; }

    /// <summary>The schemas that <c>#/definitions/NAME</c> in <see cref="InputSchema"/> refers to.</summary>
    public IReadOnlyDictionary<string, JsonText>? Definitions { get; init; }

    public static SearchableTool Of(ServedTool served)
    {
        var tool = served.Tool;
        return new SearchableTool
        {
            Name = served.Name,
            Connector = served.Connector.Name,
            Endpoint = served.Endpoint,
            Title = tool.Title,
            Description = tool.Description,
            Tags = tool.Tags,
            InputSchema = tool.InputSchema,
            Definitions = served.Connector.Definitions,
        };
    }
}
