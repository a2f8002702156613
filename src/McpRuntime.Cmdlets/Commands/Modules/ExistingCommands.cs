using System.Management.Automation;
using System.Management.Automation.Runspaces;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>Commands of PowerShell, of the session and of installed modules whose nouns begin with a prefix.</summary>
internal sealed class ExistingCommands
{
    // Get-Command alone finds what modules export that are not loaded.
    private const string Script = """
        param($Pattern)
        $types = 'Alias', 'Cmdlet', 'Function', 'Filter', 'Configuration'
        Microsoft.PowerShell.Core\Get-Command -Name $Pattern -CommandType $types -All -ErrorAction Ignore
        """;

    private readonly Dictionary<string, CommandOwner> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who has a command of this name; null for no one.</summary>
    public CommandOwner? OwnerOf(string name) => _owners.GetValueOrDefault(name);

    /// <summary>Of those who have a command, PowerShell is kept.</summary>
    public void Add(string name, CommandOwner owner)
    {
        if (owner.IsPowerShell || !_owners.ContainsKey(name))
            _owners[name] = owner;
    }

    /// <param name="cmdlet">Of the session.</param>
    /// <param name="prefix">The prefix, of letters and digits only.</param>
    /// <param name="own">Of the modules whose commands do not count; null for none.</param>
    public static ExistingCommands With(McpCmdlet cmdlet, string prefix, ModuleMarker? own)
    {
        var existing = new ExistingCommands();
        var folders = new Dictionary<string, bool>(StringComparer.Ordinal);
        var home = (cmdlet.SessionState.PSVariable.GetValue("PSHOME") as string ?? "") + Path.DirectorySeparatorChar;
        var found = cmdlet.InvokeCommand.InvokeScript(
            Script,
            useNewScope: true,
            PipelineResultTypes.None,
            input: null,
            $"*-{prefix}*"
        );
        foreach (var command in found.Select(item => item.BaseObject).OfType<CommandInfo>())
        {
            if (own is null || !IsOwn(command.Module, own, folders))
                existing.Add(command.Name, OwnerOf(command, home));
        }
        return existing;
    }

    // Commands of the engine itself are of no module, but have the name of one.
    private static CommandOwner OwnerOf(CommandInfo command, string home) =>
        string.IsNullOrEmpty(command.ModuleName)
            ? new CommandOwner("this session", IsPowerShell: false)
            : new CommandOwner(
                $"the module {command.ModuleName}",
                command.Module?.ModuleBase is not { Length: > 0 } folder
                    || (folder + Path.DirectorySeparatorChar).StartsWith(home, StringComparison.OrdinalIgnoreCase)
            );

    // A connector's module may be in several places, such as one that was exported before. One that was deleted while
    // this session uses it takes no name from another session.
    private static bool IsOwn(PSModuleInfo? module, ModuleMarker own, Dictionary<string, bool> folders)
    {
        if (module?.ModuleBase is not { Length: > 0 } folder || module.Name != ModuleName.Of(own.Connector))
            return false;
        if (!folders.TryGetValue(folder, out var isOwn))
            folders.Add(folder, isOwn = !Directory.Exists(folder) || new ModuleFolder(folder, module.Name).IsOf(own));
        return isOwn;
    }
}

/// <summary>Who has a command.</summary>
/// <param name="Name"><c>the module X</c>, or <c>this session</c>.</param>
/// <param name="IsPowerShell">It came with PowerShell.</param>
internal sealed record CommandOwner(string Name, bool IsPowerShell)
{
    public override string ToString() => Name;
}
