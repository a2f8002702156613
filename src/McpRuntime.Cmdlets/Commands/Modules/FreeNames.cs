using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>
/// A connector without the commands that would take a name which PowerShell or another module has: names come from a
/// document, and no document may replace a command that a user knows.
/// </summary>
/// <param name="Manifest">The connector.</param>
/// <param name="Findings">Each name that is taken.</param>
internal sealed record FreeNames(ConnectorManifest Manifest, IReadOnlyList<Finding> Findings)
{
    /// <param name="manifest">A connector with a prefix.</param>
    /// <param name="before">The connector as it is recorded; null for a new one. Its names stay, or scripts would break
    /// with every module that someone installs.</param>
    /// <param name="existing">What there is.</param>
    public static FreeNames Of(ConnectorManifest manifest, ConnectorManifest? before, ExistingCommands existing)
    {
        var prefix = manifest.CommandPrefix!;
        var recorded =
            before?.CommandPrefix == prefix
                ? before.Tools.Select(tool => tool.Command).OfType<CommandName>().ToHashSet()
                : [];
        var findings = new Dictionary<CommandName, Finding>();
        var tools = new List<ToolManifest>(manifest.Tools.Count);
        for (var i = 0; i < manifest.Tools.Count; i++)
        {
            var tool = manifest.Tools[i];
            tools.Add(tool);
            if (tool.Command is not { } name || existing.OwnerOf(name.WithPrefix(prefix)) is not { } owner)
                continue;
            var isRecorded = recorded.Contains(name);
            findings.TryAdd(name, Taken(name.WithPrefix(prefix), owner, tool, i, isRecorded));
            if (!isRecorded)
                tools[^1] = tool with { Command = null };
        }
        return new FreeNames(findings.Count == 0 ? manifest : manifest with { Tools = tools }, [.. findings.Values]);
    }

    private static Finding Taken(string name, string owner, ToolManifest tool, int index, bool isRecorded) =>
        new(
            ManifestRules.CommandTaken,
            FindingSeverity.Warning,
            isRecorded
                ? $"The command {name} of the tool '{tool.Name}' is also one of {owner}. Call it as "
                    + $"MODULE\\{name}, or change its 'command'."
                : $"{name} is a command of {owner}, so the tool '{tool.Name}' gets no command. Give it another "
                    + "'command', or import with another -Prefix."
        )
        {
            Pointer = $"/connector/tools/{index}/command",
        };
}
