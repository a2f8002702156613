using McpRuntime.Connectors.Costs;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// About how many tokens of a language model's context a tool takes in a server's list of tools, by part.
/// </summary>
public sealed class McpToolCost
{
    internal McpToolCost(McpTool tool, ToolCost cost)
    {
        Name = tool.Name;
        Connector = tool.Connector;
        Endpoint = tool.Endpoint;
        Tags = tool.Tags;
        Tokens = cost.Total;
        Text = cost.Text;
        InputSchema = cost.InputSchema;
        Definitions = cost.Definitions;
        OutputSchema = cost.OutputSchema;
        Annotations = cost.Annotations;
    }

    /// <summary>The name to call it by.</summary>
    public string Name { get; }

    /// <summary>The connector's name; null for a tool that has none.</summary>
    public string? Connector { get; }

    /// <summary>Method and path; null for a tool that is not an operation of an API.</summary>
    public string? Endpoint { get; }

    /// <summary>The tags of the operation.</summary>
    public string[] Tags { get; }

    /// <summary>All parts together.</summary>
    public int Tokens { get; }

    /// <summary>Name, title and description.</summary>
    public int Text { get; }

    /// <summary>The schema of its arguments, without definitions that tools share.</summary>
    public int InputSchema { get; }

    /// <summary>Definitions that tools share, of which each tool carries its own copy.</summary>
    public int Definitions { get; }

    /// <summary>The schema of its result, where the server publishes it.</summary>
    public int OutputSchema { get; }

    /// <summary>Annotations and metadata. Most clients do not show them to the model.</summary>
    public int Annotations { get; }

    public override string ToString() => $"{Name}: {Tokens}";
}
