using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>Get-McpConnector: gets the connectors of the connectors folder, with their tools.</summary>
/// <remarks>A manifest that cannot be served is an error with the reason; the others are still returned.</remarks>
/// <example>
/// <code>
/// Get-McpConnector
/// </code>
/// Lists every connector.
/// </example>
/// <example>
/// <code>
/// (Get-McpConnector petstore).Tools | Where-Object ReadOnly
/// </code>
/// The tools of one connector that only read.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpConnector")]
[OutputType(typeof(McpConnector))]
public sealed class GetMcpConnectorCommand : McpConnectorCommand
{
    /// <summary>Names of connectors, with wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        if (Name.Length == 0)
        {
            foreach (
                var file in snapshot
                    .Findings.Where(finding => finding.Severity == FindingSeverity.Error)
                    .GroupBy(finding => finding.Source ?? "")
            )
                WriteError(FindingErrors.Of([.. file], file.Key));
            foreach (var connector in snapshot.Connectors)
                WriteObject(McpConnector.Of(connector, snapshot, settings.ConnectorsFolder));
            return;
        }
        foreach (var name in Name)
        {
            foreach (var connector in Find(snapshot, settings, name))
                WriteObject(McpConnector.Of(connector, snapshot, settings.ConnectorsFolder));
        }
    }
}
