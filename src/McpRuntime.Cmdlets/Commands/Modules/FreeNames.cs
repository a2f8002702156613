using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>
/// A connector without the commands that would take a name which PowerShell or another module has: names come from a
/// document or a file that someone else wrote, and neither may replace a command that a user knows.
/// </summary>
internal sealed class FreeNames
{
    private readonly List<ToolManifest> _recorded;
    private readonly List<ToolManifest> _served;
    private readonly ConnectorManifest _manifest;

    private FreeNames(ConnectorManifest manifest)
    {
        _manifest = manifest;
        _recorded = [.. manifest.Tools];
        _served = [.. manifest.Tools];
    }

    /// <summary>Each name that is taken.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The connector to write: without new names that are taken.</summary>
    public ConnectorManifest Recorded => Findings.Count == 0 ? _manifest : _manifest with { Tools = _recorded };

    /// <summary>The connector to make a module of: without any that may not have their name.</summary>
    public ConnectorManifest Served => Findings.Count == 0 ? _manifest : _manifest with { Tools = _served };

    /// <param name="manifest">A connector with a prefix.</param>
    /// <param name="before">The connector as it is recorded; null for a new one.</param>
    /// <param name="commands">What its module has now: these stay, or scripts would break with every module that
    /// someone installs. Commands that came with PowerShell are never replaced.</param>
    /// <param name="existing">What there is.</param>
    public static FreeNames Of(
        ConnectorManifest manifest,
        ConnectorManifest? before,
        IReadOnlyCollection<string> commands,
        ExistingCommands existing
    )
    {
        var free = new FreeNames(manifest);
        var prefix = manifest.CommandPrefix!;
        var known = (before?.Tools ?? []).Select(tool => tool.Command).OfType<CommandName>().ToHashSet();
        var current = commands.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var told = new HashSet<CommandName>();
        for (var i = 0; i < manifest.Tools.Count; i++)
        {
            var tool = manifest.Tools[i];
            if (tool.Command is not { } name || existing.OwnerOf(name.WithPrefix(prefix)) is not { } owner)
                continue;
            var stays = !owner.IsPowerShell && current.Contains(name.WithPrefix(prefix));
            if (told.Add(name))
                free.Findings.Add(Taken(name.WithPrefix(prefix), owner, tool, i, stays));
            if (!stays)
                free._served[i] = tool with { Command = null };
            if (!stays && !known.Contains(name))
                free._recorded[i] = free._served[i];
        }
        return free;
    }

    private static Finding Taken(string name, CommandOwner owner, ToolManifest tool, int index, bool stays) =>
        new(
            ManifestRules.CommandTaken,
            FindingSeverity.Warning,
            stays
                ? $"The command {name} of the tool '{tool.Name}' is also one of {owner.Name}. Call it as "
                    + $"MODULE\\{name}, or change its 'command'."
                : $"{name} is a command of {owner.Name}, so the tool '{tool.Name}' gets no command. Give it another "
                    + "'command', or import with another -Prefix."
        )
        {
            Pointer = $"/connector/tools/{index}/command",
        };
}
