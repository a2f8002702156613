using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Building;

/// <summary>PowerShell loads no command with two parameters that have one name, aliases included.</summary>
internal static class UniqueAliases
{
    /// <summary>The parameters without aliases that another one has as its name or alias.</summary>
    public static List<CommandParameter> Of(List<CommandParameter> parameters)
    {
        var used = parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return parameters.ConvertAll(parameter => parameter with { Aliases = [.. parameter.Aliases.Where(used.Add)] });
    }
}
