using System.Collections.Concurrent;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Http.Access;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Server;
using McpRuntime.Server.Surface;

namespace McpRuntime.Http.Mcp;

/// <summary>The tools of one endpoint: what its set serves, reduced to what the caller's roles grant.</summary>
internal sealed class GatewayToolSource : IToolSource, IDisposable
{
    // Lists by access key; a claim can combine roles in many ways, and each combination costs a list.
    private const int MostLists = 256;

    private readonly IConnectorSet _set;
    private readonly string? _connector;
    private readonly IReadOnlyList<BuiltInTool> _builtIns;
    private readonly ListForm _form;
    private readonly CallAudit _audit;
    private readonly Exposure _exposure;
    private volatile Lists _lists;

    /// <param name="set">Its tools.</param>
    /// <param name="connector">Of this connector alone; null for all.</param>
    /// <param name="builtIns">Tools of the gateway itself.</param>
    /// <param name="form">How tools are listed.</param>
    /// <param name="exposure">Of this source alone.</param>
    /// <param name="audit">Gets the calls of tools that the set has and the caller may not call.</param>
    public GatewayToolSource(
        IConnectorSet set,
        string? connector,
        IReadOnlyList<BuiltInTool> builtIns,
        ListForm form,
        Exposure exposure,
        CallAudit audit
    )
    {
        _exposure = exposure;
        _audit = audit;
        _set = set;
        _connector = connector;
        _builtIns = builtIns;
        _form = form;
        _lists = new Lists(ServedConnectors.None);
        set.Changed += OnChanged;
    }

    public event EventHandler? Changed;

    public async ValueTask<ToolCallContext> OpenAsync(RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (!_set.Loaded.IsCompleted)
            await _set.Loaded.WaitAsync(cancellationToken);
        var caller = Caller.Of(origin.User);
        return new ToolCallContext(For(caller), origin)
        {
            Caller = caller.Id,
            Holder = caller.Id,
            Address = caller.Address,
            CorrelationId = caller.CorrelationId,
            Transport = "tcp",
        };
    }

    /// <summary>The list of a caller now.</summary>
    public ToolList For(Caller caller)
    {
        var lists = _lists;
        var current = _set.Current;
        if (!ReferenceEquals(lists.Served, current))
            _lists = lists = new Lists(current);
        if (lists.ByKey.TryGetValue(caller.AccessKey, out var list))
            return list;
        if (lists.ByKey.Count >= MostLists)
            lists.ByKey.Clear();
        return lists.ByKey.GetOrAdd(caller.AccessKey, _ => Make(current, caller));
    }

    public void NoteUnknown(string name, ToolCallContext context)
    {
        if (_set.Current.Tools.TryGet(name, out var tool) && (_connector is null || tool.Connector.Name == _connector))
            _audit.Refuse(context, CallParts.LabelOf(_set, tool));
    }

    public void Dispose() => _set.Changed -= OnChanged;

    private ToolList Make(ServedConnectors served, Caller caller)
    {
        // By all tools of the endpoint, not by a caller's: what is exposed is the same for every client.
        if (!_exposure.IsDecided && _set.Loaded.IsCompleted)
            _exposure.Decide(new ToolList(served.Tools.Where(IsServed), _builtIns, _form));
        return _exposure.Make(
            served.Tools.Where(tool => IsServed(tool) && caller.Allows(_set.Project, tool)),
            _builtIns,
            _form
        );
    }

    private bool IsServed(ServedTool tool) => _connector is null || tool.Connector.Name == _connector;

    private void OnChanged() => Changed?.Invoke(this, EventArgs.Empty);

    private sealed record Lists(ServedConnectors Served)
    {
        public ConcurrentDictionary<string, ToolList> ByKey { get; } = new(StringComparer.Ordinal);
    }
}
