using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Connectors;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Test-McpCredential: checks that the credentials of connectors are there and can be used.</summary>
/// <remarks>
/// <para>Each security scheme gives one object that says whether its credential can be read, is whole and is approved
/// for the connector's server. Vaults are opened for this, and may prompt.</para>
/// <para>With -Quiet, each connector gives True where every tool finds a credential that it may use.</para>
/// </remarks>
/// <example>
/// <code>
/// Test-McpCredential petstore
/// </code>
/// Says what is missing for a connector, and how to set it.
/// </example>
/// <example>
/// <code>
/// if (-not (Test-McpCredential petstore -Quiet)) { throw 'The pet shop would refuse calls.' }
/// </code>
/// Stops a script before it starts.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "McpCredential")]
[OutputType(typeof(McpCredentialTest), typeof(bool))]
public sealed class TestMcpCredentialCommand : McpCredentialCommand
{
    /// <summary>Names of connectors, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    /// <summary>Only says whether every tool finds a credential.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        foreach (var name in Connector)
        {
            foreach (var loaded in Find(snapshot, settings, name))
            {
                WithVaults(name, () =>
                {
                    var approvals = new ApprovalStore(settings.DataFolder).For(loaded.Manifest.Name);
                    var results = SessionCredentials.Await(
                        this,
                        settings,
                        (sources, cancellationToken) => new CredentialCheck(loaded.Manifest, sources, approvals).RunAsync(cancellationToken));
                    if (Quiet)
                        WriteObject(CredentialCheck.IsEnough(loaded.Manifest, results));
                    else
                        WriteObject(results.Where(result => IsChosen(result.SecurityScheme)), enumerateCollection: true);
                });
            }
        }
    }
}
