using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Get-McpCredential: shows which credentials of connectors are set, and where; never a value.</summary>
/// <remarks>
/// <para>Each security scheme of a connector returns one object, also if nothing is set. No vault is opened: the
/// location of a secret is in the user's data. Test-McpCredential shows whether it can be read and is accepted.</para>
/// </remarks>
/// <example>
/// <code>
/// Get-McpCredential
/// </code>
/// Lists the security schemes of every connector.
/// </example>
/// <example>
/// <code>
/// Get-McpCredential | Where-Object { -not $_.IsSet }
/// </code>
/// Lists what is not set.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpCredential")]
[OutputType(typeof(McpCredential))]
public sealed class GetMcpCredentialCommand : McpCredentialCommand
{
    /// <summary>Names of connectors, with wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        WithVaults("", () =>
        {
            var records = new SecretRecordStore(settings.DataFolder).All();
            foreach (var name in Connector.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)))
            {
                if (Match(snapshot, records, [name]).Count == 0)
                    WriteError(NotFound(snapshot, settings, name));
            }
            foreach (var name in Match(snapshot, records, Connector))
            {
                var manifest = snapshot.Connectors.FirstOrDefault(loaded => loaded.Manifest.Name == name)?.Manifest;
                foreach (var scheme in SchemesOf(manifest, name, records).Where(IsChosen))
                    WriteObject(Describe(settings, name, scheme, manifest, records));
            }
        });
    }

    private static IEnumerable<string> SchemesOf(
        ConnectorManifest? manifest,
        string name,
        IReadOnlyList<SecretRecordEntry> records
    )
    {
        var named = manifest is null ? [] : ConnectorSchemes.Of(manifest).Keys;
        return named
            .Concat(records.Where(entry => entry.Connector == name).Select(entry => entry.Scheme))
            .Distinct(StringComparer.Ordinal);
    }

    private McpCredential Describe(
        RuntimeSettings settings,
        string connector,
        string scheme,
        ConnectorManifest? manifest,
        IReadOnlyList<SecretRecordEntry> records
    )
    {
        var type =
            manifest is not null && ConnectorSchemes.Of(manifest).TryGetValue(scheme, out var known)
                ? SchemeFields.Describe(known)
                : null;
        var origins = OriginsOf(settings, connector);
        if (records.FirstOrDefault(entry => entry.Connector == connector && entry.Scheme == scheme) is { } record)
            return McpCredential.Of(connector, scheme, type, record.Record, origins);
        using var elsewhere = Await(cancellationToken => FindAsync(settings, connector, scheme, cancellationToken));
        return new McpCredential
        {
            Connector = connector,
            SecurityScheme = scheme,
            Type = type,
            IsSet = elsewhere is not null,
            Source = elsewhere?.Source,
            Origins = origins,
        };
    }

    private static async Task<Credential?> FindAsync(
        RuntimeSettings settings,
        string connector,
        string scheme,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in CredentialSources.For(settings))
        {
            if (await source.FindAsync(new CredentialKey(connector, scheme), cancellationToken) is { } credential)
                return credential;
        }
        return null;
    }
}
