using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>
/// What a catalog needs of a tool: names and what a call may do. The rest of a tool is only read when it is looked at.
/// </summary>
/// <param name="Name">As in the manifest.</param>
/// <param name="Endpoint">As in the manifest.</param>
/// <param name="ReadOnly">The manifest's hint.</param>
/// <param name="Destructive">The manifest's hint.</param>
/// <param name="Pinned">As in the manifest.</param>
internal sealed record ToolHead(string Name, string Endpoint, bool? ReadOnly, bool? Destructive, bool Pinned = false)
{
    public static ToolHead Of(ToolManifest tool) =>
        new(tool.Name, tool.Endpoint, tool.Annotations.ReadOnly, tool.Annotations.Destructive, tool.Pin);

    /// <summary>Those of a connector's tools, in their order.</summary>
    public static IReadOnlyList<ToolHead> AllOf(ConnectorManifest connector)
    {
        if (connector.Tools is IKnownTools known)
            return known.Heads;
        var heads = new ToolHead[connector.Tools.Count];
        for (var i = 0; i < heads.Length; i++)
            heads[i] = Of(connector.Tools[i]);
        return heads;
    }
}
