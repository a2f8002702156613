using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Stdio.Credentials;

/// <summary>One sign-in: asks the provider, stores the tokens, says whose they are.</summary>
internal sealed class LoginRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Connector { get; init; }

    public string? Profile { get; init; }

    public string? Scheme { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? ClientId { get; init; }

    public bool ReadsSecret { get; init; }

    public bool UsesDeviceCode { get; init; }

    public string? Provider { get; init; }

    public string? RedirectUri { get; init; }

    public bool OpensBrowser { get; init; }

    public bool Approves { get; init; }

    public TimeSpan TimeLimit { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Uri? redirect = null;
        if (RedirectUri is not null && !Uri.TryCreate(RedirectUri, UriKind.Absolute, out redirect))
        {
            await terminal.WriteErrorAsync($"--redirect-uri '{RedirectUri}' is not a URL.");
            return ExitCode.WrongUsage;
        }
        var snapshot = await ConnectorFolder.LoadAsync(settings, cancellationToken);
        if (snapshot.Connectors.FirstOrDefault(loaded => loaded.Manifest.Name == Connector) is not { } loaded)
        {
            await terminal.WriteErrorAsync($"There is no connector '{Connector}' in {settings.ConnectorsFolder}.");
            return ExitCode.Failed;
        }
        var profile = AccountOptions.ProfileOf(Profile ?? loaded.Manifest.Credentials.Profile, Connector, settings);
        var secretStore = ConsoleStores.Open(settings);
        var store = StoredCredentialSource.SignIns(settings, secretStore);
        var name = SignInFlow.SchemeOf(loaded.Manifest, Scheme);
        var key = new CredentialKey(Connector, name) { Profile = profile };
        using var before = await PreviousAsync(store, key, cancellationToken);
        var isSame = before is not null && (ClientId is null || ClientId == before.ClientId);
        var user = new ConsoleUser(terminal) { Approves = Approves, OpensBrowser = OpensBrowser };
        using var typed = ReadsSecret ? await ConsoleUser.ReadLineAsync(cancellationToken) : null;
        using var http = new GuardedHttp(settings.ExtraRoots);
        var flow = new SignInFlow(settings, http, new ApprovalStore(settings.DataFolder), TimeProvider.System);
        using var signIn = await flow.RunAsync(
            new SignInRequest
            {
                Connector = loaded.Manifest,
                Scheme = name,
                ClientId = ClientId ?? before?.ClientId,
                ClientSecret = typed ?? (isSame ? before!.ClientSecret : null),
                Scopes = Scopes,
                UsesDeviceCode = UsesDeviceCode,
                Provider = Provider ?? before?.Provider,
                RedirectUri = redirect,
                TimeLimit = TimeLimit,
            },
            user,
            cancellationToken
        );
        await using (await store.LockAsync(key, cancellationToken))
            await store.WriteAsync(key, signIn, CancellationToken.None);
        await ReportAsync(key, signIn, store, secretStore);
        return ExitCode.Good;
    }

    // What cannot be read any more is replaced.
    private static async Task<SignIn?> PreviousAsync(
        LocalSignInStore store,
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await store.ReadAsync(key, cancellationToken);
        }
        catch (SignInRequiredException)
        {
            return null;
        }
    }

    private async Task ReportAsync(CredentialKey key, SignIn signIn, LocalSignInStore store, ISecretStore secrets)
    {
        var account = signIn.Account is null ? "" : $" as {signIn.Account}";
        var scopes = signIn.Scopes.Count == 0 ? "" : $" Scopes: {string.Join(' ', signIn.Scopes)}.";
        var end =
            signIn.RefreshToken is not null ? " It is renewed when needed."
            : signIn.ExpiresAt is { } time ? $" It ends at {time.ToLocalTime():g}: the provider gave no refresh token."
            : "";
        var line = $"Signed in to {key.Label}{account}, kept in {store.Description}.{scopes}{end}";
        await terminal.Out.WriteLineAsync(UntrustedText.ForTerminal(line));
        if (ConsoleStores.Weakness(secrets) is { } weakness)
            await terminal.WriteErrorAsync(weakness);
    }
}
