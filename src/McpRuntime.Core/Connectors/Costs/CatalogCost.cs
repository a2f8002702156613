using McpRuntime.Connectors.Listing;

namespace McpRuntime.Connectors.Costs;

/// <summary>What a catalog's tools cost, by connector, tag and tool.</summary>
/// <param name="Connectors">In the order of the catalog.</param>
public sealed record CatalogCost(IReadOnlyList<ConnectorCost> Connectors)
{
    /// <summary>Number of tools.</summary>
    public int Tools => Connectors.Sum(connector => connector.Tools.Count);

    /// <summary>The sum of all tools.</summary>
    public ToolCost Total => Connectors.Aggregate(ToolCost.None, (sum, connector) => sum + connector.Total);

    /// <param name="catalog">The tools.</param>
    /// <param name="withOutputSchemas">Whether the list carries output schemas (<c>PUBLISH_OUTPUT_SCHEMAS</c>).</param>
    public static CatalogCost Of(ToolCatalog catalog, bool withOutputSchemas)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CatalogCost([
            .. catalog
                .Tools.GroupBy(tool => tool.Connector)
                .Select(connector =>
                {
                    var entries = ToolEntries.Of(connector.Key, withOutputSchemas);
                    return ConnectorCost.Of(
                        connector.Key.Name,
                        [.. connector.Select(tool => new CostOfTool(tool, ToolCost.Of(tool, entries)))]
                    );
                }),
        ]);
    }
}

/// <summary>What a connector's tools cost.</summary>
/// <param name="Name">Of the connector.</param>
/// <param name="Total">The sum of its tools.</param>
/// <param name="Tags">The costliest first. A tool with several tags counts for each of them.</param>
/// <param name="Tools">The costliest first.</param>
public sealed record ConnectorCost(
    string Name,
    ToolCost Total,
    IReadOnlyList<CostOfTag> Tags,
    IReadOnlyList<CostOfTool> Tools
)
{
    internal static ConnectorCost Of(string name, IReadOnlyList<CostOfTool> tools)
    {
        var tags = tools
            .SelectMany(tool =>
                tool.Tool.Tool.Tags.Count > 0
                    ? tool.Tool.Tool.Tags.Select(tag => ((string?)tag, tool.Cost))
                    : [(null, tool.Cost)]
            )
            .GroupBy(tagged => tagged.Item1, StringComparer.Ordinal)
            .Select(tag => new CostOfTag(
                tag.Key,
                tag.Count(),
                tag.Aggregate(ToolCost.None, (sum, tagged) => sum + tagged.Cost)
            ))
            .OrderByDescending(tag => tag.Cost.Total)
            .ThenBy(tag => tag.Tag, StringComparer.Ordinal);
        return new ConnectorCost(
            name,
            tools.Aggregate(ToolCost.None, (sum, tool) => sum + tool.Cost),
            [.. tags],
            [.. tools.OrderByDescending(tool => tool.Cost.Total).ThenBy(tool => tool.Tool.Name, StringComparer.Ordinal)]
        );
    }
}

/// <param name="Tag">As the document spells it; null for tools without a tag.</param>
/// <param name="Tools">Number of tools.</param>
/// <param name="Cost">Their sum.</param>
public sealed record CostOfTag(string? Tag, int Tools, ToolCost Cost);

/// <param name="Tool">The tool.</param>
/// <param name="Cost">Its cost.</param>
public sealed record CostOfTool(ServedTool Tool, ToolCost Cost);
