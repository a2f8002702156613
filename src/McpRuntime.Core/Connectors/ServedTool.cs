using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>
/// A connector's tool under the name that clients call. The object stays the same over reloads as long as its
/// connector's file does, so that what was made for it once (call plan, JSON) can be kept beside it.
/// </summary>
/// <param name="name">Name on the wire; see <see cref="WireName"/>.</param>
/// <param name="connector">The connector it belongs to.</param>
/// <param name="tool">The operation.</param>
public sealed class ServedTool(string name, ConnectorManifest connector, ToolManifest tool)
{
    public string Name => name;

    public ConnectorManifest Connector => connector;

    public ToolManifest Tool => tool;

    /// <summary>The HTTP method; null for an older, dotted endpoint, which has none.</summary>
    public string? Method { get; } = EndpointTemplate.TryParse(tool.Endpoint, out var endpoint) ? endpoint.Method : null;

    /// <summary>
    /// The method promises to change nothing (RFC 9110 section 9.2.1; QUERY likewise) and the manifest does not say
    /// otherwise. A manifest's annotation alone never makes a tool read-only: its author is not trusted with that.
    /// </summary>
    public bool IsReadOnly => Method is "GET" or "HEAD" or "OPTIONS" or "QUERY" && tool.Annotations.ReadOnly != false;

    /// <summary>
    /// The call may destroy something: DELETE, an endpoint without a known method, or what the manifest calls
    /// destructive. An annotation cannot take this away from a method.
    /// </summary>
    public bool IsDestructive => Method is null or "DELETE" || tool.Annotations.Destructive == true;

    public override string ToString() => $"{name} ({connector.Name}: {tool.Endpoint})";
}
