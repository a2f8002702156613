using McpRuntime.Connectors;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Connectors.Listing;
using McpRuntime.Search;
using McpRuntime.Server.Surface;

namespace McpRuntime.Server;

/// <summary>
/// The tools of a caller together with the bytes of their <c>tools/list</c>, which are written once and then copied.
/// Immutable; a change makes a new one.
/// </summary>
public sealed class ToolList
{
    private readonly bool _isSearched;
    private readonly Lazy<byte[]> _line;
    private readonly Lazy<string> _instructions;
    private readonly Lazy<RawResult> _perSession;
    private readonly Lazy<RawResult> _perRequest;

    /// <param name="catalog">The connectors' tools.</param>
    /// <param name="builtIns">Tools of the server itself; listed first.</param>
    /// <param name="form">How tools are listed.</param>
    /// <param name="isListed">Which of the connectors' tools are listed; all can be called. Null for all.</param>
    public ToolList(
        ToolCatalog catalog,
        IReadOnlyList<BuiltInTool> builtIns,
        ListForm form,
        Func<ServedTool, bool>? isListed = null
    )
    {
        Catalog = catalog;
        Listed = isListed is null ? catalog.Tools : [.. catalog.Tools.Where(isListed)];
        // Without tools there is nothing that could be stored.
        BuiltIns = catalog.Tools.Count > 0 ? builtIns : [.. builtIns.Where(tool => !tool.ReadsResults)];
        HasOutputSchemas = form.OutputSchemas;
        Description = builtIns.Any(tool => tool.Name == SearchTools.Describe)
            ? null
            : SearchTools.DescribeTool(catalog);
        _isSearched = isListed is not null;
        _line = new Lazy<byte[]>(() => ToolListWriter.WriteLine(this, form));
        _instructions = new Lazy<string>(() => ServerInstructions.Of(catalog, _isSearched));
        _perSession = new Lazy<RawResult>(() => new RawResult(_line.Value));
        _perRequest = new Lazy<RawResult>(() => new RawResult(ToolListWriter.ToPerRequest(_line.Value)));
    }

    /// <summary>The connectors' tools that can be called.</summary>
    public ToolCatalog Catalog { get; }

    /// <summary>Those of them that <c>tools/list</c> has.</summary>
    public IReadOnlyList<ServedTool> Listed { get; }

    public IReadOnlyList<BuiltInTool> BuiltIns { get; }

    /// <summary>Clients were told the schemas of structured content.</summary>
    internal bool HasOutputSchemas { get; }

    /// <summary>
    /// The tool that gives what a list summarises; listed where it does. Null where it is listed anyhow.
    /// </summary>
    internal BuiltInTool? Description { get; }

    /// <summary>What a client is told of the tools before it lists them; at most 2,000 characters.</summary>
    public string Instructions => _instructions.Value;

    /// <summary>True when a client could not tell the lists apart.</summary>
    public bool ListsSameAs(ToolList other) => _line.Value.AsSpan().SequenceEqual(other._line.Value);

    /// <summary>How long the result of <c>tools/list</c> is.</summary>
    public int Bytes => _line.Value.Length;

    /// <summary>
    /// Writes the bytes now, and makes the index of tools that are found by search, where the first who asks would wait
    /// for them.
    /// </summary>
    public void Prepare()
    {
        _ = _line.Value;
        if (_isSearched)
            _ = ToolSearchIndex.Of(Catalog);
    }

    internal RawResult Result(bool isPerRequest) => (isPerRequest ? _perRequest : _perSession).Value;

    internal BuiltInTool? FindBuiltIn(string name)
    {
        foreach (var tool in BuiltIns)
        {
            if (tool.Name == name)
                return tool;
        }
        return name == Description?.Name && Catalog.Tools.Count > 0 ? Description : null;
    }
}
