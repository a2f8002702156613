using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands.Building;

/// <summary>
/// The order of a command's parameters: what names the resource as the path has it, what else is required, the rest.
/// </summary>
internal static class ParameterOrder
{
    public static IReadOnlyList<LayoutParameter> Of(McpTool tool)
    {
        var path = tool.Served?.Endpoint ?? "";
        return
        [
            .. ParameterLayout
                .Of(tool)
                .All.OrderBy(parameter =>
                    parameter.IsIdentity ? 0
                    : parameter.Argument.IsRequired ? 1
                    : 2
                )
                .ThenBy(parameter => parameter.IsIdentity ? PlaceOf(parameter, tool, path) : 0),
        ];
    }

    /// <summary>
    /// A parameter in a set: by position where it names the resource, or is all that is required; from the pipeline
    /// where it is the last that names it, or is all that is required.
    /// </summary>
    public static ParameterUse UseOf(CommandSet set, IReadOnlyList<LayoutParameter> parameters, int index)
    {
        var parameter = parameters[index];
        var identities = parameters.Count(other => other.IsIdentity);
        var isOnlyRequired =
            identities == 0
            && parameter.Argument.IsRequired
            && parameters.Count(other => other.Argument.IsRequired) == 1;
        var isLast = parameter.IsIdentity && index == identities - 1;
        return new ParameterUse(
            set.Name,
            parameter.Argument.IsRequired,
            parameter.IsIdentity || isOnlyRequired ? index : null,
            (isLast || isOnlyRequired) && CanBePiped(parameter)
        );
    }

    private static bool CanBePiped(LayoutParameter parameter) =>
        parameter.Argument.Type == typeof(string)
        || parameter.Argument.Type == typeof(long)
        || parameter.Argument.Type == typeof(int);

    private static int PlaceOf(LayoutParameter parameter, McpTool tool, string path)
    {
        var variable = tool.Served?.Tool.Arguments?.GetValueOrDefault(parameter.Argument.Name)?.Name
            ?? parameter.Argument.Name;
        return path.IndexOf($"{{{variable}}}", StringComparison.Ordinal);
    }
}
