using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Which entry in which file: what registering and unregistering have in common.</summary>
public abstract class McpClientCommand : McpCmdlet
{
    private protected const string UserSet = "User";
    private protected const string WorkspaceSet = "Workspace";
    private protected const string FileSet = "File";

    /// <summary>The client.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public McpClient Client { get; set; } = McpClient.VSCode;

    /// <summary>The entry's name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "mcp-runtime";

    /// <summary>
    /// The user's own configuration, or that of the workspace in the current folder, such as .vscode/mcp.json.
    /// </summary>
    [Parameter(ParameterSetName = UserSet)]
    public McpClientScope Scope { get; set; }

    /// <summary>The root folder of a workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkspaceSet)]
    [ValidateNotNullOrEmpty]
    public string WorkspacePath { get; set; } = "";

    /// <summary>Another configuration file, such as that of a VS Code profile.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public string ConfigurationPath { get; set; } = "";

    /// <summary>The file and section that the parameters mean; null after an error was written.</summary>
    private protected ClientLocation? Locate()
    {
        if (ParameterSetName == FileSet)
            return FilePaths.Literal(this, ConfigurationPath) is { } file ? new ClientLocation(file, Client) : null;
        if (ParameterSetName == UserSet && Scope == McpClientScope.User)
            return ClientLocation.ForUser(Client);
        var named =
            ParameterSetName == WorkspaceSet ? WorkspacePath : SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        if (FilePaths.Literal(this, named) is not { } folder)
            return null;
        if (!Directory.Exists(folder))
        {
            Report(
                $"The workspace folder '{folder}' does not exist.",
                ErrorId.PathNotFound,
                ErrorCategory.ObjectNotFound,
                folder
            );
            return null;
        }
        if (ClientLocation.ForWorkspace(Client, folder) is { } location)
            return location;
        Report(
            $"{Client} has no workspace configuration; omit -Scope and -WorkspacePath.",
            ErrorId.ClientLocationUnknown,
            ErrorCategory.InvalidArgument,
            Client
        );
        return null;
    }

    /// <summary>Reads and changes a file; what goes wrong with it is reported with its path.</summary>
    private protected void WithFile(ClientLocation location, Action<byte[]> change)
    {
        try
        {
            change(ClientFile.Read(location.Path));
        }
        catch (ClientTextException exception)
        {
            var explained = new McpRuntimeException(
                $"'{location.Path}' {exception.Problem}; nothing was changed. Correct it first: {exception.Message}",
                exception
            );
            Report(explained, ErrorId.ClientConfigurationInvalid, ErrorCategory.ParserError, location.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var explained = new McpRuntimeException(
                $"'{location.Path}' cannot be changed: {exception.Message}",
                exception
            );
            Report(explained, ErrorId.ClientConfigurationNotWritable, ErrorCategory.WriteError, location.Path);
        }
    }
}
