using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Get-McpCredential: shows which credentials of connectors are set, and where; never a value.</summary>
/// <remarks>
/// <para>Each security scheme of a connector returns one object, also if nothing is set, and one for each profile that
/// is. No vault is opened: the
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

    /// <summary>Names of profiles. Default: all that have a credential, else default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];

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
                {
                    foreach (var profile in ProfilesOf(name, scheme, records))
                    {
                        var key = new CredentialKey(name, scheme) { Profile = profile };
                        WriteObject(Describe(settings, key, manifest, records));
                    }
                }
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

    private IReadOnlyList<string> ProfilesOf(string connector, string scheme, IReadOnlyList<SecretRecordEntry> records)
    {
        if (Profile.Length > 0)
            return Profile;
        var recorded = records
            .Where(entry => entry.Connector == connector && entry.Scheme == scheme)
            .Select(entry => entry.Key.Profile)
            .ToList();
        return recorded.Count > 0 ? recorded : [CredentialKey.DefaultProfile];
    }

    private McpCredential Describe(
        RuntimeSettings settings,
        CredentialKey key,
        ConnectorManifest? manifest,
        IReadOnlyList<SecretRecordEntry> records
    )
    {
        var type =
            manifest is not null && ConnectorSchemes.Of(manifest).TryGetValue(key.Scheme, out var known)
                ? SchemeFields.Describe(known)
                : null;
        var origins = OriginsOf(settings, key.Connector);
        if (records.FirstOrDefault(entry => entry.Key == key) is { } record)
            return McpCredential.Of(key, type, record.Record, origins);
        using var elsewhere = Await(cancellationToken => FindAsync(settings, key, cancellationToken));
        return new McpCredential
        {
            Connector = key.Connector,
            SecurityScheme = key.Scheme,
            Profile = key.Profile,
            Type = type,
            IsSet = elsewhere is not null,
            Source = elsewhere?.Source,
            Origins = origins,
        };
    }

    private static async Task<Credential?> FindAsync(
        RuntimeSettings settings,
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in CredentialSources.For(settings))
        {
            if (await source.FindAsync(key, cancellationToken) is { } credential)
                return credential;
        }
        return null;
    }
}
