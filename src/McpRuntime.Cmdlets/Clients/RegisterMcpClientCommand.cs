using System.Management.Automation;
using McpRuntime.Cmdlets.Engine;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Register-McpClient: adds this module's stdio server to the configuration of an MCP client.</summary>
/// <remarks>
/// <para>The client then starts pwsh, which imports this module and serves the connectors over standard input and
/// output. The entry names pwsh, the module and the connectors folder by absolute paths.</para>
/// <para>The file is changed in place: comments, order and other entries keep their bytes, and the file as it was
/// before stays beside it as *.bak.</para>
/// </remarks>
/// <example>
/// <code>
/// Register-McpClient
/// </code>
/// Adds the server 'mcp-runtime' to the user's mcp.json of VS Code.
/// </example>
/// <example>
/// <code>
/// Register-McpClient -Scope Workspace -Name petstore -Tool 'petstore__*' -ReadOnly -WhatIf
/// </code>
/// Shows what would be added to .vscode/mcp.json of the current folder: a server with the reading tools of one connector.
/// </example>
/// <example>
/// <code>
/// Register-McpClient ClaudeDesktop -HotReload
/// </code>
/// Adds the server to Claude Desktop; changed manifests reach it without a restart.
/// </example>
[Cmdlet(VerbsLifecycle.Register, "McpClient", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(McpClientRegistration))]
public sealed class RegisterMcpClientCommand : McpClientCommand
{
    /// <summary>The connectors folder of the server; without it, the one that the settings give when it starts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConnectorPath { get; set; }

    /// <summary>Names of the tools to serve, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Tool { get; set; } = [];

    /// <summary>Serve only tools that read.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>The server follows changes of the connectors folder.</summary>
    [Parameter]
    public SwitchParameter HotReload { get; set; }

    /// <summary>Replace an entry of this name that starts something else.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (Locate() is { } location && Launch() is { } launch)
            WithFile(location, before => Register(location, launch, before));
    }

    private LaunchCommand? Launch()
    {
        var folder = ConnectorPath is null ? null : FilePaths.Literal(this, ConnectorPath);
        if (ConnectorPath is not null && folder is null)
            return null;
        var manifest = Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "McpRuntime.psd1");
        var program = PowerShellProgram.ForEntry((string)SessionState.PSVariable.GetValue("PSHOME"), Environment.ProcessPath);
        try
        {
            return LaunchCommand.For(program, manifest, new LaunchOptions
            {
                ConnectorPath = folder,
                Tools = Tool,
                ReadOnly = ReadOnly,
                HotReload = HotReload,
            });
        }
        catch (McpRuntimeException exception)
        {
            throw Terminate(exception, ErrorId.PathNotUsable, ErrorCategory.InvalidArgument, folder ?? manifest);
        }
    }

    private void Register(ClientLocation location, LaunchCommand launch, byte[] before)
    {
        var existing = JsoncEditor.Get(before, location.Section, Name);
        if (existing is { } entry && !Force && !ServerEntry.IsOurs(entry))
        {
            Report(
                $"'{location.Path}' has an entry '{Name}' that starts something else; choose another -Name, or replace it with -Force.",
                ErrorId.ClientEntryExists,
                ErrorCategory.ResourceExists,
                Name);
            return;
        }
        if (!ShouldProcess(location.Path, existing is null ? $"Add server entry '{Name}'" : $"Replace server entry '{Name}'"))
            return;
        var after = JsoncEditor.Set(before, location.Section, Name, writer => ServerEntry.Write(writer, Client, launch));
        var backup = after.AsSpan().SequenceEqual(before) ? null : ClientFile.Replace(location.Path, before, after);
        WriteObject(new McpClientRegistration(Name, Client, location.Path, launch.Executable, [.. launch.Arguments], backup));
    }
}
