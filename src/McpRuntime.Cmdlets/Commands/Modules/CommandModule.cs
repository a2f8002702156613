using System.Text;
using McpRuntime.Cmdlets.Commands.Emission;
using McpRuntime.Cmdlets.Commands.Help;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>The files of a module for a connector's commands.</summary>
internal static class CommandModule
{
    private const string HelpFolder = "en-US";

    /// <summary>The files, the manifest last.</summary>
    /// <param name="commands">The commands; at least one.</param>
    /// <param name="marker">Whose they are.</param>
    /// <param name="source">Where they find their tools.</param>
    /// <param name="version">The module's version.</param>
    /// <param name="title">The API's title, cleaned.</param>
    /// <param name="runtime">The module McpRuntime that they need.</param>
    public static IReadOnlyList<ModuleFile> FilesOf(
        IReadOnlyList<CommandModel> commands,
        ModuleMarker marker,
        CommandSource source,
        Version version,
        string? title,
        RequiredModule runtime
    )
    {
        var name = ModuleName.Of(marker.Connector);
        var (assembly, content) = CommandAssembly.Emit(name, commands, source);
        return
        [
            new ModuleFile($"{assembly}.dll", content),
            new ModuleFile($"{HelpFolder}/{assembly}.dll-Help.xml", MamlHelp.Write(commands)),
            new ModuleFile(
                $"{HelpFolder}/about_{name}.help.txt",
                Encoding.UTF8.GetBytes(AboutTopic.Of(name, marker.Connector, title, commands))
            ),
            new ModuleFile(
                $"{name}.psd1",
                Encoding.UTF8.GetBytes(
                    ModuleManifestText.Of(
                        $"{assembly}.dll",
                        version,
                        commands.Select(command => command.Name),
                        marker,
                        runtime
                    )
                )
            ),
        ];
    }
}
