using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Network;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Register-McpClient: adds this module's stdio server to the configuration of an MCP client.</summary>
/// <remarks>
/// <para>The client then starts pwsh, which imports this module and serves the connectors over standard input and
/// output. The entry says 'pwsh' and 'Import-Module McpRuntime' where a new session finds this PowerShell and this
/// module by these names, so that updates of both are used; otherwise it has their full paths.</para>
/// <para>With -Uri the entry is a running gateway. Its token is not in the file: VS Code and Visual Studio ask
/// for it, without showing it; other clients take it from the environment variable that a warning names.</para>
/// <para>Comments, order and other entries of the file are kept byte for byte, and the previous version of the file
/// is kept as *.bak.</para>
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
/// Shows what would be added to .vscode/mcp.json of the current folder: a server with the reading tools of one
/// connector.
/// </example>
/// <example>
/// <code>
/// Register-McpClient -Name work -Profile work
/// </code>
/// Adds a server whose calls use the accounts of the profile work, next to one for your own accounts.
/// </example>
/// <example>
/// <code>
/// $gateway = Start-McpRuntime -Transport Http
/// Register-McpClient -Name gateway -Uri $gateway.Endpoint
/// ConvertFrom-SecureString $gateway.Token -AsPlainText | Set-Clipboard
/// </code>
/// Adds a running gateway to VS Code, which asks for its token at the first use; the last line puts it on the
/// clipboard.
/// </example>
/// <example>
/// <code>
/// Register-McpClient ClaudeDesktop -HotReload
/// </code>
/// Adds the server to Claude Desktop; changed manifests reach it without a restart.
/// </example>
/// <example>
/// <code>
/// Register-McpClient Codex -ReadOnly
/// Register-McpClient ClaudeCode -Scope Workspace
/// </code>
/// Adds a server with the reading tools to the user's config.toml of Codex, and one with all tools to .mcp.json of the
/// current folder, for Claude Code.
/// </example>
[Cmdlet(VerbsLifecycle.Register, "McpClient", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(McpClientRegistration))]
public sealed class RegisterMcpClientCommand : McpClientCommand
{
    /// <summary>
    /// URL of a gateway, such as the Endpoint of a job of Start-McpRuntime, instead of a program that is started.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Endpoint")]
    public Uri? Uri { get; set; }

    /// <summary>The connectors folder of the server. Default: the one in the settings when it starts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConnectorPath { get; set; }

    /// <summary>Names of the tools to serve, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServedToolCompleter))]
    public string[] Tool { get; set; } = [];

    /// <summary>Serves only read-only tools.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>The server reloads connectors when their files change.</summary>
    [Parameter]
    public SwitchParameter HotReload { get; set; }

    /// <summary>
    /// What the client sees: all tools, tools that search and call them, or what fits their number. Default: the
    /// setting MCP_RUNTIME_EXPOSE when the server starts, else Auto.
    /// </summary>
    [Parameter]
    public ToolExposure Expose { get; set; }

    /// <summary>
    /// Which of several accounts calls use: the name of a profile for all connectors, or box=work,github=me. Default:
    /// MCP_RUNTIME_PROFILE when the server starts, else that of each manifest.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileChoiceCompleter))]
    public string? Profile { get; set; }

    /// <summary>Replaces an existing entry with this name that starts something else.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (Uri is not null)
            CheckUri(Uri);
        if (Locate() is not { } location)
            return;
        if (Uri is not null)
            WithFile(location, before =>
                Register(location, before, location.Entries.AddRemote(before, Name, Uri), backup =>
                    Remote(location, backup)
                )
            );
        else if (Launch() is { } launch)
            WithFile(location, before =>
                Register(location, before, location.Entries.AddLocal(before, Name, launch), backup =>
                    Registration(location, backup) with
                    {
                        Command = launch.Executable,
                        Arguments = [.. launch.Arguments],
                    }
                )
            );
    }

    private McpClientRegistration Registration(ClientLocation location, string? backup) =>
        new(Name, Client, location.Path, null, [], backup);

    private McpClientRegistration Remote(ClientLocation location, string? backup)
    {
        var variable = location.Profile.Token == TokenSource.Variable ? TokenVariable.Of(Name) : null;
        if (variable is not null)
            WriteWarning(
                $"{Client} takes the token of '{Name}' from the environment variable {variable}. Set it where "
                    + $"{Client} starts; it is not in the file."
            );
        return Registration(location, backup) with { Uri = Uri, TokenVariable = variable };
    }

    private void CheckUri(Uri uri)
    {
        string[] local =
        [
            nameof(ConnectorPath),
            nameof(Tool),
            nameof(ReadOnly),
            nameof(HotReload),
            nameof(Expose),
            nameof(Profile),
        ];
        var problem =
            local.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } given
                ? $"-{given} cannot be combined with -Uri: the tools of a gateway are configured where it is started."
            : ClientProfile.Of(Client).Token == TokenSource.None
                ? $"The configuration file of {Client} does not take a URL with a token. Add the gateway as a "
                    + $"connector in its settings, or omit -Uri."
            : !uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https")
                ? $"'{uri}' is not an absolute http or https URL."
            : uri.UserInfo.Length > 0
                ? "The URL holds a user name or password, which would be in the client's file. Remove it; the "
                    + "client asks for the token."
            : !Origin.Of(uri).MayCarryCredentials
                ? $"The token would be sent to {uri} over plain HTTP, which anyone on the network can read. Use https."
            : null;
        if (problem is not null)
            throw Terminate(problem, ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, uri);
    }

    private LaunchCommand? Launch()
    {
        var folder = ConnectorPath is null ? null : FilePaths.Literal(this, ConnectorPath);
        if (ConnectorPath is not null && folder is null)
            return null;
        var folderOfModule = MyInvocation.MyCommand.Module.ModuleBase;
        var home = (string)SessionState.PSVariable.GetValue("PSHOME");
        var module = InstalledModule.IsFoundByName(folderOfModule, home)
            ? InstalledModule.Name
            : Path.Combine(folderOfModule, "McpRuntime.psd1");
        var program = PowerShellProgram.ForEntry(home, Environment.ProcessPath, ProgramFolders.OfThisMachine());
        try
        {
            return LaunchCommand.For(
                program,
                module,
                ClientProfile.Of(Client).Expands,
                new LaunchOptions
                {
                    ConnectorPath = folder,
                    Profile = ProfileName.Choice(this, Profile)?.ToString(),
                    Tools = Tool,
                    ReadOnly = ReadOnly,
                    HotReload = HotReload,
                    Expose = MyInvocation.BoundParameters.ContainsKey(nameof(Expose)) ? Expose : null,
                }
            );
        }
        catch (McpRuntimeException exception)
        {
            throw Terminate(exception, ErrorId.PathNotUsable, ErrorCategory.InvalidArgument, folder ?? module);
        }
    }

    private void Register(
        ClientLocation location,
        byte[] before,
        byte[] after,
        Func<string?, McpClientRegistration> registration
    )
    {
        var isOurs = location.Entries.IsOurs(before, Name);
        if (isOurs is false && !Force)
        {
            Report(
                $"'{location.Path}' has an entry '{Name}' that starts something else; choose another -Name, "
                    + $"or replace it with -Force.",
                ErrorId.ClientEntryExists,
                ErrorCategory.ResourceExists,
                Name
            );
            return;
        }
        if (!Confirm(location.Path, isOurs is null ? $"Add server entry '{Name}'" : $"Replace server entry '{Name}'"))
            return;
        WriteObject(
            registration(after.AsSpan().SequenceEqual(before) ? null : ClientFile.Replace(location.Path, before, after))
        );
    }
}
