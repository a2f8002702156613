using McpRuntime.Cmdlets.Tools;
using McpRuntime.Connectors;

namespace McpRuntime.Cmdlets.Commands.Sources;

/// <summary>The tools that a command calls, by their exact names.</summary>
/// <param name="target">Calls them.</param>
/// <param name="find">Finds one; an exception where it is not there.</param>
/// <param name="siblings">All tools of the connector; none for those of a server.</param>
internal sealed class ApiTools(IToolTarget target, Func<string, McpTool> find, IReadOnlyList<ServedTool> siblings)
    : IDisposable
{
    private readonly Dictionary<string, McpTool> _found = new(StringComparer.Ordinal);

    public IToolTarget Target => target;

    public IReadOnlyList<ServedTool> Siblings => siblings;

    /// <exception cref="ToolNotFoundException">There is none of this name any more.</exception>
    public McpTool Find(string name)
    {
        if (!_found.TryGetValue(name, out var tool))
            _found.Add(name, tool = find(name));
        return tool;
    }

    public void Dispose() => target.Dispose();
}
