using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Building;

/// <summary>-First, -Skip and -All of a command.</summary>
internal static class PageParameterModels
{
    /// <param name="sets">The parameter sets whose tools answer in pages.</param>
    public static List<CommandParameter> For(IReadOnlyList<string> sets) =>
        [
            Make(
                PageParameterNames.First,
                typeof(long),
                "Reads page by page and returns this many items at most.",
                sets
            ),
            Make(PageParameterNames.Skip, typeof(long), "Number of items to leave out at the beginning.", sets),
            Make(
                PageParameterNames.All,
                typeof(SwitchParameter),
                "Reads all pages; each item is returned as its page arrives.",
                sets
            ),
        ];

    private static CommandParameter Make(string name, Type type, string help, IReadOnlyList<string> sets) =>
        new()
        {
            Name = name,
            Type = type,
            Aliases = [],
            Choices = [],
            IsClosed = false,
            HelpMessage = help,
            Conversion = type == typeof(long) ? ParameterConversion.Number : ParameterConversion.None,
            Uses =
            [
                .. sets.Select(set => new ParameterUse(
                    set,
                    IsMandatory: false,
                    Position: null,
                    IsPiped: false,
                    IsPipedByName: false
                )),
            ],
        };
}
