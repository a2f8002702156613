using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Commands;

namespace McpRuntime.Cmdlets.Commands.Building;

/// <summary>Commands of tools.</summary>
internal static class CommandModels
{
    /// <summary>The commands of a connector.</summary>
    /// <param name="plan">Which tools are which command.</param>
    /// <param name="prefix">Of the nouns.</param>
    /// <param name="connector">The connector's name.</param>
    /// <param name="toolOf">A tool of the plan, by its name in the manifest.</param>
    public static IReadOnlyList<CommandModel> Of(
        CommandPlan plan,
        string prefix,
        string connector,
        Func<string, McpTool> toolOf
    ) =>
        [
            .. plan.Commands.Select(command =>
                Of(
                    command.Name.Verb,
                    prefix + command.Name.Noun,
                    connector,
                    [
                        .. command
                            .Sets.Select((set, index) => (Set: set, IsDefault: index == command.Default))
                            .OrderByDescending(entry => entry.IsDefault)
                            .Select(entry => new CommandSet(entry.Set.Name, toolOf(entry.Set.Tool.Name))),
                    ]
                )
            ),
        ];

    /// <summary>A command.</summary>
    /// <param name="verb">Approved.</param>
    /// <param name="noun">With the prefix.</param>
    /// <param name="source">The name of the connector or server.</param>
    /// <param name="sets">Its tools; the first is the default.</param>
    public static CommandModel Of(string verb, string noun, string source, IReadOnlyList<CommandSet> sets) =>
        new()
        {
            Verb = verb,
            Noun = noun,
            Sets = sets,
            Parameters = ParametersOf(sets),
            Impact = sets.Max(set => set.Tool.Impact),
            HasPages = sets.Any(set => set.Tool.HasPages),
            OutputTypes =
            [
                .. sets.Where(set => set.Tool.Output is not null)
                    .Select(set => Output.AnswerTypes.Of(set.Tool, ModuleName.Of(source)).Item.Name)
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
        };

    private static CommandParameter[] ParametersOf(IReadOnlyList<CommandSet> sets)
    {
        var layouts = sets.Select(set => (Set: set, Parameters: ParameterOrder.Of(set.Tool))).ToList();
        return
        [
            .. layouts
                .SelectMany(layout => layout.Parameters)
                .Select(parameter => parameter.Name)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => Merge(name, layouts)),
        ];
    }

    private static CommandParameter Merge(
        string name,
        List<(CommandSet Set, IReadOnlyList<LayoutParameter> Parameters)> layouts
    )
    {
        var uses = new List<(LayoutParameter Parameter, ParameterUse Use)>();
        foreach (var (set, parameters) in layouts)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    uses.Add((parameters[i], ParameterOrder.UseOf(set, parameters, i)));
            }
        }
        return ParameterMerge.Of(name, uses);
    }
}
