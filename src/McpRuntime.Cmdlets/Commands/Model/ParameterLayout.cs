using System.Runtime.CompilerServices;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Commands;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>
/// The parameters of a command for the arguments of one of its tools: those that name the resource, as the path has
/// them, then what else is required, then the rest.
/// </summary>
internal sealed class ParameterLayout
{
    private static readonly ConditionalWeakTable<ToolArguments, ParameterLayout> Known = [];

    private readonly Dictionary<string, LayoutParameter> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LayoutParameter> _byArgument = new(StringComparer.Ordinal);

    private ParameterLayout(McpTool tool)
    {
        var names = ParameterNaming.Of(
            tool.Arguments.All.Select(argument => argument.Name),
            ReservedParameters.Contains
        );
        var item = tool.Item;
        var variables = PathVariables(tool);
        var path = tool.Served?.Endpoint ?? "";
        var all = tool
            .Arguments.All.Where(argument => names[argument.Name] is not null)
            .Select(argument => new LayoutParameter(names[argument.Name]!, argument)
            {
                IsIdentity = variables.ContainsKey(argument.Name),
                Properties = item?.Argument == argument.Name ? item.Properties : [],
            })
            .OrderBy(parameter =>
                parameter.IsIdentity ? 0
                : parameter.Argument.IsRequired ? 1
                : 2
            )
            .ThenBy(parameter =>
                variables.TryGetValue(parameter.Argument.Name, out var variable)
                    ? path.IndexOf($"{{{variable}}}", StringComparison.Ordinal)
                    : 0
            )
            .ToList();
        if (PipedIndex(all) is { } piped)
            all[piped] = all[piped] with { IsPiped = true };
        All = all;
        foreach (var parameter in all)
        {
            _byName.Add(parameter.Name, parameter);
            _byArgument.Add(parameter.Argument.Name, parameter);
        }
    }

    public static ParameterLayout Of(McpTool tool) =>
        Known.TryGetValue(tool.Arguments, out var known)
            ? known
            : Known.GetValue(tool.Arguments, _ => new ParameterLayout(tool));

    /// <summary>Without the arguments that can have no parameter.</summary>
    public IReadOnlyList<LayoutParameter> All { get; }

    /// <summary>There is a parameter of this name.</summary>
    public bool Has(string parameter) => _byName.ContainsKey(parameter);

    /// <summary>The parameter of an argument; null where it has none.</summary>
    public LayoutParameter? Find(string argument) => _byArgument.GetValueOrDefault(argument);

    // The last that names the resource, or else the one that is required.
    private static int? PipedIndex(List<LayoutParameter> all)
    {
        var identities = all.Count(parameter => parameter.IsIdentity);
        var index =
            identities > 0 ? identities - 1
            : all.Count(parameter => parameter.Argument.IsRequired) == 1 ? 0
            : -1;
        return index >= 0 && CanBePiped(all[index]) ? index : null;
    }

    private static bool CanBePiped(LayoutParameter parameter) =>
        parameter.IsFile
        || parameter.Argument.Type == typeof(string)
        || parameter.Argument.Type == typeof(long)
        || parameter.Argument.Type == typeof(int);

    // Arguments of the path, and what the path calls them.
    private static Dictionary<string, string> PathVariables(McpTool tool) =>
        (tool.Served?.Tool.Arguments ?? new Dictionary<string, ArgumentBinding>())
            .Where(binding => binding.Value.In == ArgumentLocation.Path)
            .ToDictionary(binding => binding.Key, binding => binding.Value.Name ?? binding.Key, StringComparer.Ordinal);
}

/// <summary>A parameter for an argument.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="Argument">What it is for.</param>
internal sealed record LayoutParameter(string Name, OfferedArgument Argument)
{
    /// <summary>It is in the path of the request.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>A text or number of the pipeline is its value.</summary>
    public bool IsPiped { get; init; }

    /// <summary>What objects call it, where it names an item: <c>id</c>, <c>number</c>.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Its value is the path of a file.</summary>
    public bool IsFile => Argument.Schema.IsFile || Argument.Schema.HasFormat("binary");
}
