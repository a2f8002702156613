using System.Collections.Concurrent;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Network;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The sign-ins in vaults, and their tokens: connections and tokens are kept as long as this is.
/// </summary>
/// <param name="vaults">The vaults.</param>
/// <param name="settings">Where the records are, and which roots connections trust.</param>
/// <param name="time">The clock; the system's by default.</param>
internal sealed class VaultSignIns(SecretVault vaults, RuntimeSettings settings, TimeProvider? time = null)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, LocalSignInStore> _stores = new(StringComparer.Ordinal);
    private readonly Lazy<GuardedHttp> _http = new(() => new GuardedHttp(settings.ExtraRoots));
    private SignInTokens? _tokens;

    /// <summary>Says which credentials there are.</summary>
    public SecretRecordStore Records { get; } = new(settings.DataFolder);

    /// <summary>How a user signs in, for messages.</summary>
    public static string HowToSignIn(CredentialKey key) => $"run: {Command("Connect-McpConnector", key)}";

    /// <summary>A credential, for the questions of -Confirm.</summary>
    public static string Target(CredentialKey key) =>
        $"{key.Connector}: {key.Scheme}"
        + (key.Profile == CredentialKey.DefaultProfile ? "" : $" (profile '{key.Profile}')");

    /// <summary>A command of this module for a credential, as one types it.</summary>
    public static string Command(string command, CredentialKey key) =>
        $"{command} '{key.Connector}'"
        + (key.Profile == CredentialKey.DefaultProfile ? "" : $" -Profile '{key.Profile}'");

    /// <summary>The sign-ins; new ones are kept in the vault.</summary>
    public LocalSignInStore StoreOf(string vault) =>
        _stores.GetOrAdd(vault, name => new LocalSignInStore(
            Records,
            new VaultSecretStore(vaults, name),
            name,
            record => new VaultSecretStore(vaults, record.Vault),
            settings.DataFolder,
            HowToSignIn,
            time
        ));

    /// <summary>Stores a new sign-in in the place of what was there.</summary>
    /// <param name="vault">The vault for it.</param>
    /// <param name="key">Which one.</param>
    /// <param name="signIn">The sign-in.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>What could not be removed of the earlier one, in another vault; null where nothing is left.</returns>
    /// <exception cref="VaultException">The vault did not take it.</exception>
    public async Task<string?> KeepAsync(
        string vault,
        CredentialKey key,
        SignIn signIn,
        CancellationToken cancellationToken
    )
    {
        var store = StoreOf(vault);
        // A renewal of the earlier one, in another process, must not come after this.
        await using var turn = await store.LockAsync(key, cancellationToken);
        var before = Records.FindNow(key);
        await store.WriteAsync(key, signIn, CancellationToken.None);
        if (before is not { IsOwn: false } || before.Vault == vault)
            return null;
        try
        {
            await new VaultSecretStore(vaults, before.Vault).RemoveAsync(before.SecretName, CancellationToken.None);
            return null;
        }
        catch (VaultException exception)
        {
            return $"The earlier secret '{before.SecretName}' is still in the vault '{before.Vault}': "
                + exception.Message;
        }
    }

    /// <summary>What a call uses of a recorded sign-in. No vault is asked before a token is needed.</summary>
    public Credential Find(CredentialKey key, SecretRecord record) =>
        new($"vault {record.Vault}")
        {
            Mark = record,
            Record = record,
            IsApprovedInPowerShell = true,
            SignIn = new StoredSignIn(Tokens(), StoreOf(record.Vault), key, record.Stamp ?? ""),
        };

    public void Dispose()
    {
        _tokens?.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private SignInTokens Tokens() =>
        LazyInitializer.EnsureInitialized(ref _tokens, () =>
            new SignInTokens(_http.Value, time ?? TimeProvider.System)
        );
}
