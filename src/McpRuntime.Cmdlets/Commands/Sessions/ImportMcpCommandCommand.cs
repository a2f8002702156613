using System.Management.Automation;
using System.Text.RegularExpressions;
using McpRuntime.Cmdlets.Commands.Building;
using McpRuntime.Cmdlets.Commands.Emission;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Commands.Modules;
using McpRuntime.Cmdlets.Commands.Sources;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Commands;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Sessions;

/// <summary>Import-McpCommand: makes commands of the tools of an MCP server, for this session.</summary>
/// <remarks>
/// <para>Each tool becomes a command with an approved verb and a singular noun after the prefix: list_directory becomes
/// Get-FsDirectory with -Prefix Fs. Its arguments are parameters, with completion, required ones and lists of values.
/// Objects from the pipeline give arguments by their properties; answers are objects.</para>
/// <para>The commands are a module of the session. Importing again replaces it; Remove-Module removes it. They need the
/// session with the server, and say so when it has ended.</para>
/// <para>A tool whose command would have the name of another command gets none; a warning says which.</para>
/// </remarks>
/// <example>
/// <code>
/// Connect-McpServer -Command npx -CommandArgument '-y', '@modelcontextprotocol/server-filesystem', $PWD |
///     Import-McpCommand -Prefix Fs
/// Get-FsDirectory -Path .
/// </code>
/// Makes commands for the tools of a server, and calls one.
/// </example>
/// <example>
/// <code>
/// Import-McpCommand (Get-McpServer files) -Prefix Fs -Name 'list_*', 'read_*'
/// </code>
/// Makes commands for some tools of a server that is connected.
/// </example>
[Cmdlet(VerbsData.Import, "McpCommand")]
[OutputType(typeof(PSModuleInfo))]
public sealed class ImportMcpCommandCommand : McpCmdlet
{
    /// <summary>A session with an MCP server, from Connect-McpServer.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionObject(
        "Give a session of Connect-McpServer: (Get-McpServer NAME). Commands of a connector come with it, by "
            + "Import-McpConnector -Prefix."
    )]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public McpServer? Server { get; set; }

    /// <summary>
    /// What the nouns begin with: an upper-case letter, then letters and digits, at most 20 in all.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidatePattern("^[A-Z][A-Za-z0-9]{0,19}$", Options = RegexOptions.None)]
    public string Prefix { get; set; } = "";

    /// <summary>Only these tools, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        var server = Server!;
        var tools = Tools(server);
        if (tools.Count == 0)
        {
            Report(
                $"'{UntrustedText.ForTerminal(server.Name)}' has no tool that matches {string.Join(", ", Name)}. "
                    + "Get-McpTool -Server lists its tools.",
                ErrorId.ToolNotFound,
                ErrorCategory.ObjectNotFound,
                server
            );
            return;
        }
        var moduleName = $"{ModuleName.Of(server.Name)}.{Prefix}";
        var commands = Commands(server, tools, moduleName);
        if (commands.Count > 0)
            WriteObject(
                ServerModule.Import(this, moduleName, commands, new CommandSource(server.Name) { ServerId = server.Id })
            );
    }

    private Dictionary<string, McpTool> Tools(McpServer server)
    {
        using var target = ServerTools.Of(this, server);
        var patterns = Array.ConvertAll(Name, name =>
            WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)
        );
        var tools = new Dictionary<string, McpTool>(StringComparer.Ordinal);
        foreach (var tool in target.List().Where(tool => Array.Exists(patterns, pattern => pattern.IsMatch(tool.Name))))
            tools.TryAdd(tool.Name, tool);
        return tools;
    }

    private List<CommandModel> Commands(McpServer server, Dictionary<string, McpTool> tools, string moduleName)
    {
        var plan = ServerCommands.Plan([
            .. tools.Values.Select(tool => new ServerTool(
                tool.Name,
                JsonText.From(tool.Arguments.Schema),
                tool.ReadOnly
            )),
        ]);
        ServerModule.Remove(this, moduleName);
        var existing = ExistingCommands.With(this, Prefix, own: null);
        var free = new List<CommandModel>();
        foreach (var command in CommandModels.Of(plan, Prefix, server.Name, name => tools[name]))
        {
            if (existing.OwnerOf(command.Name) is { } owner)
                WriteWarning(
                    $"{command.Name} is a command of {owner}, so that "
                        + $"{UntrustedText.ForTerminal(command.Sets[0].ToolName)} gets none. Use another -Prefix."
                );
            else
                free.Add(command);
        }
        return free;
    }
}
