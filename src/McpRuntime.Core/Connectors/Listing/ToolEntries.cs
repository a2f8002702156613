using System.Runtime.CompilerServices;
using McpRuntime.Connectors.Listing.Slim;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Listing;

/// <summary>
/// The entries of one connector's tools, each made when it is asked for. Safe to use from several threads: two that
/// need the same entry make the same bytes.
/// </summary>
internal sealed class ToolEntries
{
    private static readonly ConditionalWeakTable<ConnectorManifest, WeakReference<ToolEntries>> Shared = [];

    private readonly ConnectorManifest _connector;
    private readonly SchemaBundler _bundler;
    private readonly ReturnsLine _returns;
    private readonly SharedDefinitions _definitions = new();
    private readonly bool _withOutputSchemas;
    private readonly byte[]?[] _made;
    private readonly Func<int, ReadOnlyMemory<byte>>? _known;

    private ToolEntries(ConnectorManifest connector, bool withOutputSchemas)
    {
        _connector = connector;
        _bundler = SchemaBundler.Of(connector);
        _returns = new ReturnsLine(connector.Definitions);
        _withOutputSchemas = withOutputSchemas;
        _made = new byte[]?[connector.Tools.Count];
        if (!withOutputSchemas && connector.Tools is IKnownTools known)
            _known = known.ReadEntries();
    }

    /// <summary>
    /// Those of a connector. Who needs them at the same time, for a list and to keep them, shares the work; they are
    /// let go with the last who holds them.
    /// </summary>
    public static ToolEntries Of(ConnectorManifest connector, bool withOutputSchemas)
    {
        if (withOutputSchemas)
            return new ToolEntries(connector, withOutputSchemas);
        var known = Shared.GetValue(connector, static connector => new WeakReference<ToolEntries>(
            new ToolEntries(connector, withOutputSchemas: false)
        ));
        lock (known)
        {
            if (!known.TryGetTarget(out var entries))
                known.SetTarget(entries = new ToolEntries(connector, withOutputSchemas: false));
            return entries;
        }
    }

    /// <inheritdoc cref="ToolEntry.Write"/>
    public ReadOnlyMemory<byte> Of(ServedTool tool) =>
        _known is { } known
            ? known(tool.Position)
            : _made[tool.Position] ??= ToolEntry.Write(tool, _bundler, _returns, _definitions, _withOutputSchemas);

    /// <summary>The entry of a tool under any name.</summary>
    public ReadOnlyMemory<byte> Of(int position, ToolHead head) =>
        Of(new ServedTool(head.Name, _connector, position, head));
}
