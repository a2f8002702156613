using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>
/// A connector's tool under the name that clients call. The object stays the same over reloads as long as its
/// connector's file does, so that what was made for it once (call plan, JSON) can be kept next to it.
/// </summary>
public sealed class ServedTool
{
    private readonly ToolHead _head;

    /// <param name="name">Name on the wire; see <see cref="WireName"/>.</param>
    /// <param name="connector">The connector it belongs to.</param>
    /// <param name="position">Its place among the connector's tools.</param>
    /// <param name="head">What the catalog knows of it.</param>
    internal ServedTool(string name, ConnectorManifest connector, int position, ToolHead head)
    {
        Name = name;
        Connector = connector;
        Position = position;
        _head = head;
        Method = EndpointTemplate.TryParse(head.Endpoint, out var endpoint) ? endpoint.Method : null;
    }

    /// <summary>Name on the wire.</summary>
    public string Name { get; }

    public ConnectorManifest Connector { get; }

    /// <summary>
    /// The operation. Of a compiled manifest it is read when someone asks for it; the members here need none of it.
    /// </summary>
    public ToolManifest Tool => Connector.Tools[Position];

    /// <summary>The tool's name in the manifest.</summary>
    public string ManifestName => _head.Name;

    /// <inheritdoc cref="ToolManifest.Endpoint"/>
    public string Endpoint => _head.Endpoint;

    /// <summary>The HTTP method; null for an older, dotted endpoint, which has none.</summary>
    public string? Method { get; }

    /// <summary>
    /// The method promises to change nothing (RFC 9110 section 9.2.1; QUERY likewise) and the manifest says neither
    /// that it is not read-only nor that it is destructive. A manifest's annotation alone never makes a tool read-only:
    /// its author is not trusted with that.
    /// </summary>
    public bool IsReadOnly =>
        Method is "GET" or "HEAD" or "OPTIONS" or "QUERY" && _head.ReadOnly != false && _head.Destructive != true;

    /// <summary>
    /// The call may destroy something: DELETE, an endpoint without a known method, or what the manifest calls
    /// destructive. An annotation cannot take this away from a method.
    /// </summary>
    public bool IsDestructive => Method is null or "DELETE" || _head.Destructive == true;

    /// <summary>What a call may do. A GET that the manifest calls destructive counts as destructive.</summary>
    public ToolAccess Access =>
        IsDestructive ? ToolAccess.Destructive
        : IsReadOnly ? ToolAccess.Read
        : ToolAccess.Write;

    /// <summary>It is listed even where the other tools are only found by search.</summary>
    public bool IsPinned => _head.Pinned;

    /// <summary>Its place among the connector's tools.</summary>
    internal int Position { get; }

    public override string ToString() => $"{Name} ({Connector.Name}: {Endpoint})";
}
