using System.Runtime.CompilerServices;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Commands;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>The parameters of a command for the arguments of one of its tools.</summary>
internal sealed class ParameterLayout
{
    private static readonly ConditionalWeakTable<ToolArguments, ParameterLayout> Known = [];

    private readonly Dictionary<string, LayoutParameter> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LayoutParameter> _byArgument = new(StringComparer.Ordinal);

    private ParameterLayout(McpTool tool)
    {
        var identity = IdentityOf(tool);
        var names = ParameterNaming.Of([.. tool.Arguments.All.Select(argument => argument.Name)], TakenNames.Contains);
        var all = new List<LayoutParameter>();
        foreach (var argument in tool.Arguments.All)
        {
            if (names.GetValueOrDefault(argument.Name) is not { } name)
                continue;
            var parameter = new LayoutParameter(name, argument)
            {
                IsIdentity = identity.Contains(argument.Name),
                Properties = tool.Item is { } item && item.Argument == argument.Name ? item.Properties : [],
            };
            all.Add(parameter);
            _byName.Add(name, parameter);
            _byArgument.Add(argument.Name, parameter);
        }
        All = all;
    }

    public static ParameterLayout Of(McpTool tool) =>
        Known.TryGetValue(tool.Arguments, out var known)
            ? known
            : Known.GetValue(tool.Arguments, _ => new ParameterLayout(tool));

    /// <summary>In the order of the arguments; not those that can have no parameter.</summary>
    public IReadOnlyList<LayoutParameter> All { get; }

    /// <summary>There is a parameter of this name.</summary>
    public bool Has(string parameter) => _byName.ContainsKey(parameter);

    /// <summary>The parameter of an argument; null where it has none.</summary>
    public LayoutParameter? Find(string argument) => _byArgument.GetValueOrDefault(argument);

    // In the path: these say which resource is meant.
    private static HashSet<string> IdentityOf(McpTool tool) =>
        [
            .. (tool.Served?.Tool.Arguments ?? new Dictionary<string, ArgumentBinding>())
                .Where(binding => binding.Value.In == ArgumentLocation.Path)
                .Select(binding => binding.Key),
        ];
}

/// <summary>A parameter for an argument.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="Argument">What it is for.</param>
internal sealed record LayoutParameter(string Name, OfferedArgument Argument)
{
    /// <summary>It is in the path of the request.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>What objects call it, where it names an item: <c>id</c>, <c>number</c>.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Its value is the path of a file.</summary>
    public bool IsFile => Argument.Schema.IsFile || Argument.Schema.HasFormat("binary");
}
