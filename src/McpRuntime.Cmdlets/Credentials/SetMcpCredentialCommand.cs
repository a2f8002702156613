using System.Management.Automation;
using System.Security;
using McpRuntime.Approvals;
using McpRuntime.Cmdlets.Connectors;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Where an API key goes.</summary>
public enum McpKeyLocation
{
    Header,
    Query,
    Cookie,
}

/// <summary>Set-McpCredential: stores a credential of a connector in a vault.</summary>
/// <remarks>
/// <para>The credential is stored in the default vault of SecretManagement, or in the one that -Vault names. The
/// security scheme is the one of the manifest that takes such a credential; -SecurityScheme selects one if there are
/// several. Running servers use a new credential at their next call.</para>
/// <para>A credential is sent only to origins that are approved for the connector: those of the document that it was
/// imported from, or of the manifest at the first credential. -Force approves those that the manifest names now.</para>
/// <para>If the API's document does not describe credentials, -ApiKey with -KeyName, -BearerToken or -Credential
/// add the scheme to the manifest, which is rewritten without its comments.</para>
/// </remarks>
/// <example>
/// <code>
/// Set-McpCredential petstore -ApiKey (Read-Host -AsSecureString)
/// </code>
/// Asks for the API key and stores it in the default vault.
/// </example>
/// <example>
/// <code>
/// Set-McpCredential petstore -SecretName PetstoreKey -Vault Team
/// </code>
/// Uses a secret that is already in a vault, perhaps rotated by others.
/// </example>
/// <example>
/// <code>
/// $refresh = Read-Host -AsSecureString
/// Set-McpCredential petstore -ClientId tool -RefreshToken $refresh -TokenUrl https://id.example.com/token
/// </code>
/// Stores the refresh token that a user's consent gave to an OAuth client.
/// </example>
/// <example>
/// <code>
/// Get-McpConnector petstore | Set-McpCredential -Credential (Get-Credential)
/// </code>
/// Stores user name and password for a connector with basic authentication.
/// </example>
[Cmdlet(VerbsCommon.Set, "McpCredential", SupportsShouldProcess = true, DefaultParameterSetName = ApproveSet)]
[OutputType(typeof(McpCredential))]
public sealed class SetMcpCredentialCommand : McpConnectorCommand
{
    private const string ApiKeySet = "ApiKey";
    private const string CredentialSet = "Credential";
    private const string BearerSet = "BearerToken";
    private const string ClientSet = "Client";
    private const string RefreshSet = "RefreshToken";
    private const string SecretSet = "Secret";
    private const string ApproveSet = "Approve";

    /// <summary>The connector's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string Connector { get; set; } = "";

    /// <summary>The API key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ApiKeySet)]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>User name and password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A bearer token, for bearer, oauth2 and OpenID Connect schemes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BearerSet)]
    [ValidateNotNull]
    public SecureString? BearerToken { get; set; }

    /// <summary>The client's id at the token endpoint of an oauth2 scheme.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet)]
    [Parameter(Mandatory = true, ParameterSetName = RefreshSet)]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret; a public client with a refresh token has none.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = RefreshSet)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>
    /// The refresh token that a user's consent gave to the client; it is exchanged for access tokens. If the manifest
    /// has the token endpoint, a new refresh token that the provider issues is stored in its place.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = RefreshSet)]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The token endpoint, if the manifest has none or another one; it is added to the manifest.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = RefreshSet)]
    [ValidateNotNull]
    public Uri? TokenUrl { get; set; }

    /// <summary>The scopes to request, if the manifest has others; they are added to the manifest.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = RefreshSet)]
    [ValidateNotNullOrEmpty]
    public string[] Scope { get; set; } = [];

    /// <summary>Name of an existing secret in the vault: a SecureString, String, PSCredential or Hashtable.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string SecretName { get; set; } = "";

    /// <summary>Name of the header, query parameter or cookie; it is added to the manifest.</summary>
    [Parameter(ParameterSetName = ApiKeySet)]
    [ValidateNotNullOrEmpty]
    public string? KeyName { get; set; }

    /// <summary>Location of the key. Default: header.</summary>
    [Parameter(ParameterSetName = ApiKeySet)]
    public McpKeyLocation Location { get; set; }

    /// <summary>A prefix before the key and a space, such as Token.</summary>
    [Parameter(ParameterSetName = ApiKeySet)]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Name of the security scheme in the manifest; required if several accept such a credential.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecuritySchemeCompleter))]
    public string? SecurityScheme { get; set; }

    /// <summary>
    /// Name for one of several accounts, such as work; calls choose it with -Profile. Default: default.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(ProfileName.Pattern)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = CredentialKey.DefaultProfile;

    /// <summary>The vault. Default: the default vault.</summary>
    [Parameter(ParameterSetName = ApiKeySet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = BearerSet)]
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = RefreshSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    public string? Vault { get; set; }

    /// <summary>When the credential expires; it is not sent after that.</summary>
    [Parameter(ParameterSetName = ApiKeySet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = BearerSet)]
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = RefreshSet)]
    [Parameter(ParameterSetName = SecretSet)]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Approves every origin that the manifest names now.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns where the credential is stored.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        if (
            snapshot.Connectors.FirstOrDefault(loaded =>
                loaded.Manifest.Name.Equals(Connector, StringComparison.OrdinalIgnoreCase)
            )
            is not { } loaded
        )
        {
            WriteError(NotFound(snapshot, settings, Connector));
            return;
        }
        // The record and the vault have the connector's own name, however it was typed.
        Connector = loaded.Manifest.Name;
        try
        {
            Set(settings, loaded);
        }
        catch (VaultException exception)
        {
            Report(exception, exception.Id, exception.Category, Connector);
        }
        catch (Diagnostics.FindingsException exception)
        {
            WriteError(FindingErrors.Of(exception.Findings, loaded.Path));
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.UserDataNotUsable, ErrorCategory.ReadError, Connector);
        }
    }

    private void Set(RuntimeSettings settings, LoadedConnector loaded)
    {
        if (ParameterSetName == ApproveSet)
        {
            if (!Force)
            {
                throw new VaultException(
                    ErrorId.CredentialMissing,
                    ErrorCategory.InvalidArgument,
                    $"Give the credential of '{Connector}': -ApiKey (Read-Host -AsSecureString), -Credential "
                        + $"(Get-Credential), -BearerToken, -ClientId with -ClientSecret or -RefreshToken, or "
                        + $"-SecretName."
                );
            }
            if (Confirm(Connector, $"Approve the origins of the manifest for its credentials"))
                Approve(settings, loaded.Manifest);
            return;
        }
        var manifest = Described(loaded.Manifest);
        using var vault = new CredentialWriter(
            new SecretVault(new CmdletScripts(this)),
            Given(),
            SecretName.Length > 0 ? SecretName : null
        );
        var scheme = SchemeChoice.Choose(manifest, SecurityScheme, vault.Fits);
        vault.Resolve(Vault);
        var key = new CredentialKey(Connector, scheme) { Profile = Profile };
        if (!Confirm(VaultSignIns.Target(key), vault.Action))
            return;
        vault.Check(ConnectorSchemes.Of(manifest)[scheme]);
        if (!ReferenceEquals(manifest, loaded.Manifest))
            Await(cancellationToken =>
                ManifestFile.SaveToAsync(loaded.Path, manifest, overwrite: true, cancellationToken)
            );
        var record = Store(settings, key, ConnectorSchemes.Of(manifest)[scheme], vault);
        Approve(settings, manifest);
        if (PassThru)
        {
            var origins = new ApprovalStore(settings.DataFolder)
                .For(Connector)
                .Origins.Select(entry => entry.Origin.ToString());
            WriteObject(
                McpCredential.Of(
                    key,
                    SchemeFields.Describe(ConnectorSchemes.Of(manifest)[scheme]),
                    record,
                    [.. origins]
                )
            );
        }
    }

    private SecretRecord Store(
        RuntimeSettings settings,
        CredentialKey key,
        SecurityScheme scheme,
        CredentialWriter writer
    )
    {
        using var signIn = ExpiresAt is null ? writer.SignIn(scheme) : null;
        if (signIn is null)
        {
            writer.Write(key);
            var records = new SecretRecordStore(settings.DataFolder);
            return Await(cancellationToken =>
                records.SetAsync(key, now => writer.Record(key, now, ExpiresAt), cancellationToken)
            );
        }
        using var signIns = new VaultSignIns(new SecretVault(RunspaceScripts.Beside(this)), settings);
        if (Await(cancellationToken => signIns.KeepAsync(writer.Vault, key, signIn, cancellationToken)) is { } left)
            WriteWarning(left);
        return signIns.Records.FindNow(key)!;
    }

    private Dictionary<CredentialField, Secret> Given()
    {
        var given = new Dictionary<CredentialField, Secret>();
        Add(CredentialField.Value, ApiKey);
        Add(CredentialField.Token, BearerToken);
        Add(CredentialField.ClientSecret, ClientSecret);
        Add(CredentialField.RefreshToken, RefreshToken);
        Add(CredentialField.Password, Credential?.Password);
        if (ClientId.Length > 0)
            given[CredentialField.ClientId] = new Secret(ClientId);
        if (Credential is not null)
            given[CredentialField.Username] = new Secret(Credential.UserName);
        return given;

        void Add(CredentialField field, SecureString? text)
        {
            if (text is not null)
                given[field] = text.ToSecret();
        }
    }

    // What the parameters say about how the credential is sent goes into the manifest.
    private ConnectorManifest Described(ConnectorManifest manifest)
    {
        var hasNone = ConnectorSchemes.Of(manifest).Count == 0;
        return ParameterSetName switch
        {
            ApiKeySet when KeyName is not null => AddedScheme.To(
                manifest,
                SecurityScheme ?? "api_key",
                new ApiKeyScheme(Enum.Parse<ArgumentLocation>(Location.ToString()), KeyName, Prefix)
            ),
            BearerSet when hasNone => AddedScheme.To(manifest, SecurityScheme ?? "bearer", new BearerScheme()),
            CredentialSet when hasNone => AddedScheme.To(manifest, SecurityScheme ?? "basic", new BasicScheme()),
            ClientSet or RefreshSet when TokenUrl is not null || Scope.Length > 0 => AddedScheme.OAuth2(
                manifest,
                SecurityScheme,
                ParameterSetName == ClientSet ? OAuth2Flow.ClientCredentials : OAuth2Flow.AuthorizationCode,
                TokenUrl,
                Scope
            ),
            _ => manifest,
        };
    }

    private void Approve(RuntimeSettings settings, ConnectorManifest manifest)
    {
        var store = new ApprovalStore(settings.DataFolder);
        var left = Await(cancellationToken =>
            ImportApproval.RecordAsync(store, manifest, new ImportOptions(), Force, cancellationToken)
        );
        if (left.Count > 0)
        {
            WriteWarning(
                $"The manifest of '{Connector}' also names {string.Join(", ", left)}, which gets no "
                    + $"credential. If this is correct, approve it with: Set-McpCredential '{Connector}' -Force"
            );
        }
    }
}
