using System.Management.Automation;
using System.Security;
using McpRuntime.Approvals;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Connect-McpConnector: signs in to a connector's API with an account of yours.</summary>
/// <remarks>
/// <para>The browser opens the provider's page. With -DeviceCode, for SSH and containers, you enter a code in a browser
/// anywhere. The tokens are stored in the vault, and renewed when calls need it: by this session, later ones and the
/// servers that they start.</para>
/// <para>The client is one that you register with the provider; its redirect URI is http://127.0.0.1/callback, or what
/// -RedirectUri names. Its id is remembered, and its secret with the tokens.</para>
/// <para>Servers of the provider that are not approved for the connector are shown and asked about; -Force approves
/// them. Ctrl+C ends the sign-in.</para>
/// </remarks>
/// <example>
/// <code>
/// Connect-McpConnector petstore -ClientId my-app
/// </code>
/// Signs in with the browser.
/// </example>
/// <example>
/// <code>
/// Connect-McpConnector petstore -Profile work -Scope 'read:pets'
/// </code>
/// Signs in with a second account, with fewer scopes; calls use it with -Profile work.
/// </example>
/// <example>
/// <code>
/// Connect-McpConnector petstore -DeviceCode
/// </code>
/// Shows a code to enter in a browser on any machine.
/// </example>
[Cmdlet(VerbsCommunications.Connect, "McpConnector", SupportsShouldProcess = true)]
[OutputType(typeof(McpCredential))]
public sealed class ConnectMcpConnectorCommand : SignInCommand
{
    /// <summary>The connector's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string Connector { get; set; } = "";

    /// <summary>The scopes to ask for. Default: those that the connector's tools need.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Scope { get; set; } = [];

    /// <summary>Id of your client at the provider. Default: that of the last sign-in, or of the manifest.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>
    /// The client's secret. Default: that of the last sign-in; it is asked for if the provider needs one.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Signs in with a code that you enter in a browser on any machine.</summary>
    [Parameter]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>
    /// Name of a provider that is known, such as google. Default: that of the manifest, else by its URL.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>
    /// The redirect URI that is registered, such as http://localhost:3000/callback. Default: that of the manifest, else
    /// http://127.0.0.1/callback on any free port.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? RedirectUri { get; set; }

    /// <summary>The vault for the tokens. Default: that of the last sign-in, else the default vault.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    public string? Vault { get; set; }

    /// <summary>Seconds for the whole sign-in. Default: 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Opens no browser; the URL is shown.</summary>
    [Parameter]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>Approves the provider's servers without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns where the sign-in is stored, and whose account it is.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        var loaded = snapshot.Connectors.FirstOrDefault(loaded =>
            loaded.Manifest.Name.Equals(Connector, StringComparison.OrdinalIgnoreCase)
        );
        if (loaded is null)
            WriteError(NotFound(snapshot, settings, Connector));
        else
            Try(loaded.Manifest.Name, () => Connect(settings, loaded.Manifest));
    }

    private void Connect(RuntimeSettings settings, ConnectorManifest manifest)
    {
        var scheme = SignInFlow.SchemeOf(manifest, SecurityScheme);
        var profile = ProfileOf(manifest.Name, manifest.Credentials.Profile, settings);
        var key = new CredentialKey(manifest.Name, scheme) { Profile = profile };
        using var signIns = new VaultSignIns(new SecretVault(RunspaceScripts.Beside(this)), settings);
        var record = signIns.Records.FindNow(key);
        var vault = new SecretVault(new CmdletScripts(this)).Resolve(
            Vault ?? (record is { IsSignIn: true } ? record.Vault : null)
        );
        if (!Confirm(VaultSignIns.Target(key), $"Sign in, and store the tokens in the vault '{vault}'"))
            return;
        using var before = Await(cancellationToken => PreviousAsync(signIns, vault, key, cancellationToken));
        using var given = ClientSecret?.ToSecret();
        var isSame = before is not null && (ClientId is null || ClientId == before.ClientId);
        var request = new SignInRequest
        {
            Connector = manifest,
            Scheme = scheme,
            ClientId = ClientId ?? before?.ClientId,
            ClientSecret = given ?? (isSame ? before!.ClientSecret : null),
            Scopes = Scope,
            UsesDeviceCode = DeviceCode,
            Provider = Provider ?? before?.Provider,
            RedirectUri = RedirectUri,
            TimeLimit = TimeSpan.FromSeconds(TimeoutSec),
        };
        using var signIn = Run(settings, request);
        if (Await(cancellationToken => signIns.KeepAsync(vault, key, signIn, cancellationToken)) is { } left)
            WriteWarning(left);
        if (PassThru)
            WriteObject(
                McpCredential.Of(
                    key,
                    SchemeFields.Describe(ConnectorSchemes.Of(manifest)[scheme]),
                    signIns.Records.FindNow(key)!,
                    [.. new ApprovalStore(settings.DataFolder).For(key.Connector).Origins.Select(Text)]
                )
            );
    }

    private SignIn Run(RuntimeSettings settings, SignInRequest request) =>
        Await<SignIn>(
            async (post, cancellationToken) =>
            {
                using var http = new GuardedHttp(settings.ExtraRoots);
                var flow = new SignInFlow(settings, http, new ApprovalStore(settings.DataFolder), TimeProvider.System);
                var user = new SessionUser(this, post) { Approves = Force, OpensBrowser = !NoBrowser };
                return await flow.RunAsync(request, user, cancellationToken);
            }
        );

    // What cannot be read any more is replaced.
    private static async Task<SignIn?> PreviousAsync(
        VaultSignIns signIns,
        string vault,
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await signIns.StoreOf(vault).ReadAsync(key, cancellationToken);
        }
        catch (SignInRequiredException)
        {
            return null;
        }
    }

    private static string Text(ApprovedOrigin entry) => entry.Origin.ToString();
}
