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
        Changes = [.. difference.Changes.Select(change => new McpConnectorChange(change.Tool, change.Change))];
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

    /// <summary>Everything that is different, each with its class; also tools that were added or removed.</summary>
    public McpConnectorChange[] Changes { get; }
}

/// <summary>One difference.</summary>
public sealed class McpConnectorChange
{
    internal McpConnectorChange(string? tool, ManifestChange change)
    {
        Tool = tool is null ? null : UntrustedText.ForTerminal(tool);
        RuleId = change.RuleId;
        Severity = change.Severity;
        What = UntrustedText.ForTerminal(change.What);
        IsBreaking = change.IsBreaking;
        Message = UntrustedText.ForTerminal(change.Message);
    }

    /// <summary>The tool's name; null for the connector itself.</summary>
    public string? Tool { get; }

    /// <summary>The class of the difference, such as <c>drift-argument-removed</c>.</summary>
    public string RuleId { get; }

    /// <summary>Error for what is breaking, Warning for what should be reviewed, else Information.</summary>
    public FindingSeverity Severity { get; }

    /// <summary>What changed, such as <c>argument 'limit'</c>.</summary>
    public string What { get; }

    public bool IsBreaking { get; }

    public string Message { get; }

    public override string ToString() => $"{(Tool is null ? "" : Tool + ": ")}{What}: {Message}";
}
