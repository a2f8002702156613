using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>A cmdlet that works with the connectors of a folder.</summary>
public abstract class McpConnectorCommand : McpCmdlet
{
    /// <summary>
    /// The connectors folder. Default: MCP_RUNTIME_CONNECTORS_DIR, or the one in the user's data folder.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public virtual string? ConnectorPath { get; set; }

    /// <summary>The settings for <see cref="ConnectorPath"/>; a path of another provider ends the command.</summary>
    private protected RuntimeSettings Settings()
    {
        if (ConnectorPath is null)
            return ReadSettings();
        if (FilePaths.Literal(this, ConnectorPath) is { } folder)
            return ReadSettings(folder);
        throw Terminate(
            $"'{ConnectorPath}' is not a folder of the file system.",
            ErrorId.PathNotUsable,
            ErrorCategory.InvalidArgument,
            ConnectorPath
        );
    }

    private protected ConnectorSnapshot LoadConnectors(RuntimeSettings settings)
    {
        var connectors = SessionConnectors.Current;
        return connectors.Look(settings) ?? Await(_ => Task.FromResult(connectors.Load(settings)));
    }

    /// <summary>The connectors that a name or wildcard means; an error for a name that means none.</summary>
    private protected IEnumerable<LoadedConnector> Find(
        ConnectorSnapshot snapshot,
        RuntimeSettings settings,
        string name
    )
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        var found = snapshot.Connectors.Where(connector => pattern.IsMatch(connector.Manifest.Name)).ToList();
        if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            WriteError(NotFound(snapshot, settings, name));
        return found;
    }

    /// <summary>
    /// The manifest as its file has it now; an error, and null, where that is not valid: a session goes on with what
    /// was valid before.
    /// </summary>
    private protected ConnectorManifest? Read(LoadedConnector connector, RuntimeSettings settings)
    {
        var read = Await(cancellationToken =>
            ManifestFile.ReadAsync(connector.Path, settings.DocumentLimits, strict: false, cancellationToken)
        );
        if (read.Manifest is null)
            WriteError(FindingErrors.Of(read.Findings, connector.Path));
        return read.Manifest;
    }

    /// <summary>Says which connectors there are, or why the one that is meant was not read.</summary>
    private protected static ErrorRecord NotFound(ConnectorSnapshot snapshot, RuntimeSettings settings, string name)
    {
        var mentioned = snapshot
            .Findings.Where(finding =>
                finding.Severity == FindingSeverity.Error
                && Path.GetFileNameWithoutExtension(finding.Source ?? "")
                    .Equals(name.Split('/')[^1], StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        if (mentioned.Count > 0)
            return FindingErrors.Of(mentioned, mentioned[0].Source!);
        var names = snapshot.Connectors.Take(10).Select(connector => connector.Manifest.Name);
        var more = snapshot.Connectors.Count > 10 ? ", …" : "";
        var others =
            snapshot.Connectors.Count == 0
                ? "It has none; create one with Import-McpConnector."
                : $"It has: {string.Join(", ", names)}{more}.";
        return new ErrorRecord(
            new McpRuntimeException($"There is no connector '{name}' in '{settings.ConnectorsFolder}'. {others}"),
            ErrorId.ConnectorNotFound,
            ErrorCategory.ObjectNotFound,
            name
        );
    }
}
