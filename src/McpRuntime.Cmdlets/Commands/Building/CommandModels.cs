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
    /// <param name="source">The name of the connector, or of the session with a server.</param>
    /// <param name="toolOf">A tool of the plan, by its name in the manifest.</param>
    public static IReadOnlyList<CommandModel> Of(
        CommandPlan plan,
        string prefix,
        string source,
        Func<string, McpTool> toolOf
    ) =>
        [
            .. plan.Commands.Select(command =>
                Of(
                    command.Name.Verb,
                    prefix + command.Name.Noun,
                    source,
                    [
                        .. command
                            .Sets.Select((set, index) => (Set: set, IsDefault: index == command.Default))
                            .OrderByDescending(entry => entry.IsDefault)
                            .Select(entry => new CommandSet(entry.Set.Name, toolOf(entry.Set.Tool.Name))),
                    ]
                )
            ),
        ];

    private static CommandModel Of(string verb, string noun, string source, IReadOnlyList<CommandSet> sets)
    {
        var parameters = UniqueAliases.Of(ParametersOf(sets));
        var pages = PagesOf(sets, parameters);
        return new CommandModel
        {
            Verb = verb,
            Noun = noun,
            Sets = sets,
            Parameters = [.. parameters, .. pages],
            HasPages = pages.Count > 0,
            OutputTypes =
            [
                .. sets.Where(set => set.Tool.Output is not null)
                    .Select(set => Output.AnswerTypes.Of(set.Tool, ModuleName.Of(source)).Item.Name)
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
        };
    }

    private static List<CommandParameter> ParametersOf(IReadOnlyList<CommandSet> sets)
    {
        var names = sets.SelectMany(set => ParameterLayout.Of(set.Tool).All.Select(parameter => parameter.Name));
        return
        [
            .. names
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name =>
                    ParameterMerge.Of(name, [.. sets.Select(set => UseOf(name, set)).OfType<UsedParameter>()])
                ),
        ];
    }

    // By position where it names the resource, or is all that is required.
    private static UsedParameter? UseOf(string name, CommandSet set)
    {
        var all = ParameterLayout.Of(set.Tool).All;
        for (var i = 0; i < all.Count; i++)
        {
            var parameter = all[i];
            if (!parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            int? position = parameter.IsIdentity || parameter.IsPiped ? i : null;
            return new UsedParameter(
                parameter,
                new ParameterUse(
                    set.Name,
                    parameter.Argument.IsRequired,
                    position,
                    parameter.IsPiped,
                    parameter.Argument.IsRequired || parameter.IsIdentity
                )
            );
        }
        return null;
    }

    private static List<CommandParameter> PagesOf(IReadOnlyList<CommandSet> sets, List<CommandParameter> parameters)
    {
        var paged = sets.Where(set => set.Tool.HasPages).Select(set => set.Name).ToList();
        var isTaken = parameters.Exists(parameter =>
            PageParameterNames.Names.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)
        );
        return paged.Count == 0 || isTaken ? [] : PageParameterModels.For(paged);
    }
}

/// <summary>A parameter of one of a command's tools.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Use">Its place in the tool's set.</param>
internal sealed record UsedParameter(LayoutParameter Parameter, ParameterUse Use);
