using McpRuntime.Diagnostics;
using McpRuntime.Import.Comparison;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>How a connector differs from what its document would give now.</summary>
public sealed class McpConnectorDifference
{
    internal McpConnectorDifference(string name, ManifestDifference difference)
    {
        Name = name;
        IsSame = difference.IsSame;
        IsBreaking = difference.IsBreaking;
        Added = [.. difference.Added.Select(tool => UntrustedText.ForTerminal(tool.Name))];
        Removed = [.. difference.Removed.Select(tool => UntrustedText.ForTerminal(tool.Name))];
        Changes =
        [
            .. difference.Connector.Select(change => new McpConnectorChange(null, change)),
            .. difference.Changed.SelectMany(tool =>
                tool.Changes.Select(change => new McpConnectorChange(tool.Name, change))
            ),
        ];
    }

    /// <summary>The connector's name.</summary>
    public string Name { get; }

    public bool IsSame { get; }

    /// <summary>A caller that relies on the manifest has to change something.</summary>
    public bool IsBreaking { get; }

    /// <summary>Names of tools that the document has and the manifest has not.</summary>
    public string[] Added { get; }

    /// <summary>Names of tools that the document no longer has.</summary>
    public string[] Removed { get; }

    /// <summary>What is different in the connector and in the tools of both.</summary>
    public McpConnectorChange[] Changes { get; }
}

/// <summary>One difference.</summary>
public sealed class McpConnectorChange
{
    internal McpConnectorChange(string? tool, ManifestChange change)
    {
        Tool = tool is null ? null : UntrustedText.ForTerminal(tool);
        What = UntrustedText.ForTerminal(change.What);
        IsBreaking = change.IsBreaking;
        Message = UntrustedText.ForTerminal(change.Message);
    }

    /// <summary>The tool's name; null for the connector itself.</summary>
    public string? Tool { get; }

    /// <summary>What changed, such as <c>argument 'limit'</c>.</summary>
    public string What { get; }

    public bool IsBreaking { get; }

    public string Message { get; }

    public override string ToString() => $"{(Tool is null ? "" : Tool + ": ")}{What}: {Message}";
}
