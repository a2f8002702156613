using McpRuntime.Connectors;

namespace McpRuntime.Server;

/// <summary>
/// The tools of a caller together with the bytes of their <c>tools/list</c>, which are written once and then copied.
/// Immutable; a change makes a new one.
/// </summary>
public sealed class ToolList
{
    private readonly Lazy<byte[]> _tools;
    private readonly Lazy<RawResult> _perSession;
    private readonly Lazy<RawResult> _perRequest;

    /// <param name="catalog">The connectors' tools.</param>
    /// <param name="builtIns">Tools of the server itself; listed first.</param>
    /// <param name="publishOutputSchemas">Clients that see an output schema refuse answers that do not fit it.</param>
    public ToolList(ToolCatalog catalog, IReadOnlyList<BuiltInTool> builtIns, bool publishOutputSchemas)
    {
        Catalog = catalog;
        BuiltIns = builtIns;
        _tools = new Lazy<byte[]>(() => ToolListWriter.WriteTools(this, publishOutputSchemas));
        _perSession = new Lazy<RawResult>(() => ToolListWriter.WriteResult(_tools.Value, isPerRequest: false));
        _perRequest = new Lazy<RawResult>(() => ToolListWriter.WriteResult(_tools.Value, isPerRequest: true));
    }

    public ToolCatalog Catalog { get; }

    public IReadOnlyList<BuiltInTool> BuiltIns { get; }

    /// <summary>True when a client could not tell the lists apart.</summary>
    public bool ListsSameAs(ToolList other) => _tools.Value.AsSpan().SequenceEqual(other._tools.Value);

    internal RawResult Result(bool isPerRequest) => (isPerRequest ? _perRequest : _perSession).Value;

    internal BuiltInTool? FindBuiltIn(string name)
    {
        foreach (var tool in BuiltIns)
        {
            if (tool.Name == name)
                return tool;
        }
        return null;
    }
}
