using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Commands;

/// <summary>
/// The PowerShell commands of a connector: tools with the same name are parameter sets of one command.
/// </summary>
/// <param name="Commands">In the order of their first tool.</param>
/// <param name="Findings">Tools that are left out, because PowerShell could not tell them from another set.</param>
public sealed record CommandPlan(IReadOnlyList<PlannedCommand> Commands, IReadOnlyList<Finding> Findings)
{
    /// <summary>
    /// Sets of one command at most. PowerShell has 32, of which a front end may need two for a tool.
    /// </summary>
    public const int MaxSets = 15;

    /// <summary>
    /// Plans the commands of the tools that have a name; the same manifest always gives the same plan.
    /// </summary>
    public static CommandPlan Of(ConnectorManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var groups = new OrderedDictionary<CommandName, List<int>>();
        for (var i = 0; i < manifest.Tools.Count; i++)
        {
            if (manifest.Tools[i].Command is not { } name)
                continue;
            if (!groups.TryGetValue(name, out var group))
                groups.Add(name, group = []);
            group.Add(i);
        }
        var commands = new List<PlannedCommand>(groups.Count);
        var findings = new List<Finding>();
        foreach (var (name, group) in groups)
            commands.Add(Plan(manifest, name, group, findings));
        return new CommandPlan(commands, findings);
    }

    private static PlannedCommand Plan(
        ConnectorManifest manifest,
        CommandName name,
        List<int> group,
        List<Finding> findings
    )
    {
        var inputs = group.ToDictionary(index => index, index => SetInput.Of(manifest.Tools[index]));
        var kept = new List<int>();
        // The simplest set first, so that the order of tools does not decide which one is left out.
        foreach (
            var index in group
                .OrderBy(index => inputs[index].Mandatory.Count)
                .ThenBy(index => manifest.Tools[index].Endpoint, StringComparer.Ordinal)
        )
        {
            if (kept.Count == MaxSets)
                findings.Add(TooMany(name, index, manifest.Tools[index]));
            else if (kept.FindIndex(other => !inputs[index].IsToldFrom(inputs[other])) is >= 0 and var rival)
                findings.Add(Conflict(name, index, manifest.Tools[index], manifest.Tools[kept[rival]]));
            else
                kept.Add(index);
        }
        var fewest = kept[0];
        kept.Sort();
        var names = SetNames.Of([.. kept.Select(index => manifest.Tools[index])], [.. kept.Select(i => inputs[i])]);
        return new PlannedCommand(
            name,
            [.. kept.Select((index, position) => new PlannedSet(names[position], manifest.Tools[index]))],
            kept.IndexOf(fewest)
        );
    }

    private static Finding TooMany(CommandName name, int index, ToolManifest tool) =>
        new(
            ManifestRules.CommandConflict,
            FindingSeverity.Warning,
            $"The tool '{tool.Name}' ({tool.Endpoint}) is left out: more than {MaxSets} tools have the command {name}. "
                + "Give it another 'command'."
        )
        {
            Pointer = $"/connector/tools/{index}/command",
        };

    private static Finding Conflict(CommandName name, int index, ToolManifest tool, ToolManifest rival) =>
        new(
            ManifestRules.CommandConflict,
            FindingSeverity.Warning,
            $"The tool '{tool.Name}' ({tool.Endpoint}) has the command {name} of '{rival.Name}' ({rival.Endpoint}), "
                + "and their mandatory parameters do not distinguish them; it is left out. Give it another 'command'."
        )
        {
            Pointer = $"/connector/tools/{index}/command",
        };
}

/// <summary>A command.</summary>
/// <param name="Name">Without the connector's prefix.</param>
/// <param name="Sets">Its parameter sets, in the order of the manifest's tools; at least one.</param>
/// <param name="Default">Index of the default set, which has the fewest mandatory parameters.</param>
public sealed record PlannedCommand(CommandName Name, IReadOnlyList<PlannedSet> Sets, int Default);

/// <summary>A parameter set.</summary>
/// <param name="Name">Unique in the command, e.g. <c>List</c>, <c>Get</c> or <c>ByKey</c>.</param>
/// <param name="Tool">The tool that it calls.</param>
public sealed record PlannedSet(string Name, ToolManifest Tool);
