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

    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who has a command of this name: <c>module X</c>, or <c>this session</c>; null for no one.</summary>
    public string? OwnerOf(string name) => _owners.GetValueOrDefault(name);

    /// <param name="cmdlet">Of the session.</param>
    /// <param name="prefix">The prefix, of letters and digits only.</param>
    /// <param name="own">Of the modules whose commands do not count; null for none.</param>
    public static ExistingCommands With(McpCmdlet cmdlet, string prefix, ModuleMarker? own)
    {
        var folders = new Dictionary<string, bool>(StringComparer.Ordinal);
        var existing = new ExistingCommands();
        var found = cmdlet.InvokeCommand.InvokeScript(
            Script,
            useNewScope: true,
            PipelineResultTypes.None,
            input: null,
            $"*-{prefix}*"
        );
        foreach (var command in found.Select(item => item.BaseObject).OfType<CommandInfo>())
        {
            if (own is not null && IsOwn(command.Module, own, folders))
                continue;
            existing._owners.TryAdd(
                command.Name,
                string.IsNullOrEmpty(command.ModuleName) ? "this session" : $"the module {command.ModuleName}"
            );
        }
        return existing;
    }

    // A connector's module may be in several places, such as one that was exported before.
    private static bool IsOwn(PSModuleInfo? module, ModuleMarker own, Dictionary<string, bool> folders)
    {
        if (module?.ModuleBase is not { Length: > 0 } folder || module.Name != ModuleName.Of(own.Connector))
            return false;
        if (!folders.TryGetValue(folder, out var isOwn))
            folders.Add(folder, isOwn = new ModuleFolder(folder, module.Name).IsOf(own));
        return isOwn;
    }
}
