using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Sources;

/// <summary>Where the tools are that a command calls.</summary>
internal static class ApiSource
{
    /// <summary>The manifest of a module that brings it.</summary>
    public const string OwnManifest = "connector.yaml";

    /// <summary>The tools; the command ends where they cannot be had.</summary>
    /// <returns>To be disposed.</returns>
    public static ApiTools Open(McpCmdlet command, ApiCommandShape shape) =>
        shape.Source.ServerId > 0 ? OfServer(command, shape.Source) : OfConnector(command, shape);

    /// <summary>The command is older than the connector.</summary>
    public static ErrorRecord Outdated(ApiCommandShape shape, ToolNotFoundException exception)
    {
        var record = exception.ToError();
        var advice =
            shape.Source.ServerId > 0
                ? "Import-McpCommand makes the commands anew."
                : $"Update-McpConnector '{shape.Source.Source}' brings the module of the connector up to date.";
        return new ErrorRecord(
            new McpRuntimeException($"{exception.Message} {advice}", exception),
            record.FullyQualifiedErrorId,
            record.CategoryInfo.Category,
            record.TargetObject
        )
        {
            ErrorDetails = record.ErrorDetails,
        };
    }

    private static ApiTools OfConnector(McpCmdlet command, ApiCommandShape shape)
    {
        var (name, folder) = (shape.Source.Source, shape.Source.Folder);
        var own = folder == "." ? Path.GetDirectoryName(shape.Assembly.Location) : null;
        var settings = command.ReadSettings(own ?? folder);
        var file = own is null
            ? ConnectorName.FileFor(settings.ConnectorsFolder, name)
            : Path.Combine(own, OwnManifest);
        var snapshot = Load(command, settings, file);
        // A manifest may have been moved within its folder.
        if (own is null && !snapshot.Connectors.Any(connector => connector.Manifest.Name == name))
            snapshot = Load(command, settings, onlyFile: null).Only(name);
        if (snapshot.Connectors.Count == 0)
            throw command.Terminate(NotThere(snapshot, name, file));
        var location = new ToolLocation(null, null, settings.ConnectorsFolder);
        return new ApiTools(
            new LocalTools(command, settings, snapshot),
            tool =>
                snapshot.Tools.Tools.FirstOrDefault(served => served.ManifestName == tool) is { } found
                    ? new McpTool(found, location)
                    : throw NoTool(name, tool),
            snapshot.Tools.Tools
        );
    }

    private static ToolNotFoundException NoTool(string connector, string tool) =>
        new(
            tool,
            $"The connector '{connector}' has no tool '{tool}' any more.",
            $"Run Update-McpConnector '{connector}'."
        );

    private static ConnectorSnapshot Load(McpCmdlet command, RuntimeSettings settings, string? onlyFile)
    {
        var connectors = SessionConnectors.Current;
        return connectors.Look(settings, onlyFile)
            ?? command.Await(_ => Task.FromResult(connectors.Load(settings, onlyFile)));
    }

    private static ErrorRecord NotThere(ConnectorSnapshot snapshot, string name, string file)
    {
        var errors = snapshot.Findings.Where(finding => finding.Severity == Diagnostics.FindingSeverity.Error).ToList();
        return errors.Count > 0
            ? FindingErrors.Of(errors, file)
            : new ErrorRecord(
                new McpRuntimeException(
                    $"The connector '{name}' of this command is not installed: '{file}' does not exist. Import it "
                        + $"again with Import-McpConnector, or remove its module."
                ),
                ErrorId.ConnectorNotFound,
                ErrorCategory.ObjectNotFound,
                name
            );
    }

    private static ApiTools OfServer(McpCmdlet command, ApiSourceAttribute source)
    {
        var server = ModuleSession.Of(command).Items<McpServer>().FirstOrDefault(item => item.Id == source.ServerId)
            ?? throw command.Terminate(
                $"The session with the MCP server '{source.Source}' has ended. Connect-McpServer opens a new one, and "
                    + "Import-McpCommand makes its commands.",
                ErrorId.ServerNotReachable,
                ErrorCategory.ConnectionError,
                source.Source
            );
        var tools = ServerTools.Of(command, server);
        return new ApiTools(tools, tools.Find, []);
    }
}
