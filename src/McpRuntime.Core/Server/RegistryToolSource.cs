using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Connectors.Registry;
using McpRuntime.Server.Surface;

namespace McpRuntime.Server;

/// <summary>
/// One list for every caller: the tools of a registry that a filter lets through, and the built-in ones.
/// </summary>
public sealed class RegistryToolSource : IToolSource, IDisposable
{
    private readonly ConnectorRegistry _registry;
    private readonly ToolFilter _filter;
    private readonly IReadOnlyList<BuiltInTool> _builtIns;
    private readonly ListForm _form;
    private readonly Exposure _exposure;
    private readonly Lock _changing = new();
    private readonly Task<ToolList> _loaded;
    private volatile ToolList? _current;

    /// <param name="registry">Started when a list is asked for, if it was not before; not disposed.</param>
    /// <param name="filter">Applies to the connectors' tools.</param>
    /// <param name="builtIns">As they are listed; already filtered.</param>
    /// <param name="form">How tools are listed.</param>
    /// <param name="exposure">Of this source alone; null lists all tools.</param>
    public RegistryToolSource(
        ConnectorRegistry registry,
        ToolFilter filter,
        IReadOnlyList<BuiltInTool> builtIns,
        ListForm form,
        Exposure? exposure = null
    )
    {
        _exposure = exposure ?? Exposure.All;
        _registry = registry;
        _filter = filter;
        _builtIns = builtIns;
        _form = form;
        // A continuation, and not a method that awaits: that is compiled anew at every start.
        _loaded = registry.FirstLoad.ContinueWith(_ => LoadFirst(), TaskScheduler.Default);
        registry.Changed += OnChanged;
    }

    /// <summary>The list differs from the one before; a reload that no client could notice is not a change.</summary>
    public event EventHandler? Changed;

    /// <summary>
    /// Completes when manifests were loaded for the first time: a list is there, and need not be waited for.
    /// </summary>
    public Task Loaded => _loaded;

    public ValueTask<ToolCallContext> OpenAsync(RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (_current is { } list)
            return new ValueTask<ToolCallContext>(Context(list, origin));
        _registry.Start();
        return new ValueTask<ToolCallContext>(WaitAsync());

        async Task<ToolCallContext> WaitAsync() => Context(await _loaded.WaitAsync(cancellationToken), origin);
    }

    public void Dispose() => _registry.Changed -= OnChanged;

    private static ToolCallContext Context(ToolList list, in RequestOrigin origin) =>
        new(list, origin) { Transport = "pipe" };

    private ToolList LoadFirst()
    {
        lock (_changing)
            return _current ??= Make(_registry.Current);
    }

    private void OnChanged(object? sender, ConnectorsChangedEventArgs change)
    {
        bool isSame;
        lock (_changing)
        {
            var before = _current;
            var now = Make(change.Now);
            // Calls go by the new list in any case: an address may have changed where no client sees it.
            _current = now;
            isSame = before is not null && before.ListsSameAs(now);
        }
        if (!isSame)
            Changed?.Invoke(this, EventArgs.Empty);
    }

    private ToolList Make(ConnectorSnapshot snapshot)
    {
        var catalog = _filter.Of(snapshot.Tools);
        var all = new ToolList(catalog, _builtIns, _form);
        _exposure.Decide(all);
        return _exposure.IsSearch ? _exposure.Make(catalog, _builtIns, _form) : all;
    }
}
