using System.Management.Automation;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Test-McpCredential: checks that the credentials of connectors are set and can be used.</summary>
/// <remarks>
/// <para>Each security scheme that tools use returns one object that shows whether its credential can be read, is
/// complete and is approved for the connector's server. Vaults are opened for this, and may prompt. An OAuth client is
/// exchanged for a token, so that IsAccepted shows whether the token endpoint accepts it. A refresh token is not: many
/// are valid for one exchange.</para>
/// <para>For a sign-in of Connect-McpConnector it also shows whose account it is, when its access token ends, the
/// scopes that were granted, and in MissingScopes those that tools need and that were not. An access token that has
/// ended is renewed. Where the manifest names a tool that tells the account, that tool is called.</para>
/// <para>With -Quiet, each connector returns True if every tool has a credential that it can use.</para>
/// </remarks>
/// <example>
/// <code>
/// Test-McpCredential petstore
/// </code>
/// Shows what is missing for a connector, and how to set it.
/// </example>
/// <example>
/// <code>
/// Test-McpCredential | Where-Object IsUsable -EQ $false
/// </code>
/// Lists what is missing for all connectors.
/// </example>
/// <example>
/// <code>
/// Test-McpCredential petstore -Profile work | Select-Object Account, ExpiresAt, Scopes, MissingScopes
/// </code>
/// Shows a sign-in with the profile work: whose account it is, and which scopes it has and lacks.
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
    /// <summary>Names of connectors, with wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    /// <summary>Names of profiles. Default: MCP_RUNTIME_PROFILE, that of the manifest, or default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];

    /// <summary>Returns only whether every tool has a credential.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        var choices = Profile.Length == 0 ? [settings] : Profile.Select(profile => WithProfile(settings, profile));
        foreach (var name in Connector.Length == 0 ? ["*"] : Connector)
        {
            foreach (var loaded in Find(snapshot, settings, name))
            {
                foreach (var chosen in choices)
                    WithVaults(name, () => Test(chosen, loaded.Manifest));
            }
        }
    }

    private void Test(RuntimeSettings settings, ConnectorManifest manifest)
    {
        var results = SessionCredentials.Await(this, settings, async (sources, cancellationToken) =>
        {
            using var http = new GuardedHttp(settings.ExtraRoots);
            var approvals = new ApprovalStore(settings.DataFolder);
            using var overview = new CredentialOverview(settings, http, approvals, sources);
            var found = await overview.ReadAsync(manifest, asksEndpoints: true, cancellationToken);
            using var caller = new ToolCaller(settings, http, approvals, sources);
            return await new AccountCall(caller).AskAsync(manifest, found, cancellationToken);
        });
        if (Quiet)
            WriteObject(IsEnough(manifest, results));
        else
            WriteObject(
                results
                    .Where(status => IsChosen(status.Scheme))
                    .Select(status => McpCredentialTest.Of(manifest.Name, status)),
                enumerateCollection: true
            );
    }

    private static RuntimeSettings WithProfile(RuntimeSettings settings, string profile) =>
        settings with
        {
            Profiles = ProfileChoice.Parse(profile),
        };

    // Every tool finds what one of its requirements asks for.
    private static bool IsEnough(ConnectorManifest manifest, IReadOnlyList<SchemeStatus> results)
    {
        var usable = results
            .Where(status => status.Problem is null)
            .Select(status => status.Scheme)
            .ToHashSet(StringComparer.Ordinal);
        return manifest.Tools.All(tool =>
            tool.Auth is { } older
                ? older.Scheme is null || usable.Contains(ConnectorSchemes.OlderName)
                : (tool.Security ?? manifest.Security) is var security
                    && (
                        security.Count == 0
                        || security.Any(requirement => requirement.Schemes.Keys.All(usable.Contains))
                    )
        );
    }
}
