using McpRuntime.Credentials.Stores;
using McpRuntime.Files;

namespace McpRuntime.Credentials.SignIns;

/// <summary>
/// The sign-ins of one user of this machine: secrets in a store, records beside them, and a lock file for each, which
/// the system releases when its process dies. Machines that share a store do not wait for each other.
/// </summary>
public sealed class LocalSignInStore : ISignInStore
{
    // SecretStore notices what another process wrote five seconds later (its source, Utils.cs, _updateEventTimer).
    private const int MostPauses = 60;
    private const int PausesOfReload = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SecretRecordStore _records;
    private readonly ISecretStore _store;
    private readonly Func<SecretRecord, ISecretStore> _storeOf;
    private readonly string? _vault;
    private readonly string _locks;
    private readonly Func<CredentialKey, string> _howToSignIn;
    private readonly TimeProvider _time;

    /// <param name="records">Says which sign-ins there are.</param>
    /// <param name="store">Where new ones are kept.</param>
    /// <param name="vault">Name of that place in the records; null for its <see cref="ISecretStore.Kind"/>.</param>
    /// <param name="storeOf">Where a recorded one is.</param>
    /// <param name="dataFolder">Gets the folder of lock files.</param>
    /// <param name="howToSignIn">See <see cref="ISignInStore.HowToSignIn"/>.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public LocalSignInStore(
        SecretRecordStore records,
        ISecretStore store,
        string? vault,
        Func<SecretRecord, ISecretStore> storeOf,
        string dataFolder,
        Func<CredentialKey, string> howToSignIn,
        TimeProvider? time = null
    )
    {
        _records = records;
        _store = store;
        _vault = vault;
        _storeOf = storeOf;
        _locks = Path.Combine(dataFolder, "locks");
        _howToSignIn = howToSignIn;
        _time = time ?? TimeProvider.System;
    }

    public string Description => _store.Description;

    public string HowToSignIn(CredentialKey key) => _howToSignIn(key);

    public async ValueTask<SignIn?> ReadAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        for (var pauses = 0; ; pauses++)
        {
            if (_records.FindNow(key) is not { IsSignIn: true } record)
                return null;
            var store = _storeOf(record);
            using var content = await store.ReadAsync(record.SecretName, cancellationToken)
                ?? throw new SignInRequiredException(
                    key,
                    $"The sign-in '{key.Scheme}' of {key.Label} is no longer in {store.Description}. To sign in "
                        + $"again, {HowToSignIn(key)}"
                );
            var signIn = Read(key, store, content);
            // The record is written after the secret, so a secret that is older comes from a cache of the store.
            if (signIn.Generation >= record.Generation)
                return signIn;
            signIn.Dispose();
            if (pauses == MostPauses)
                throw new McpRuntimeException(
                    $"The sign-in '{key.Scheme}' of {key.Label} that was stored last is not yet in "
                        + $"{store.Description}, which still has an earlier one. Start a new session, or "
                        + HowToSignIn(key)
                );
            if (pauses % PausesOfReload == 0)
                await store.ReloadAsync(cancellationToken);
            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    // A store that writes in place leaves a part behind when it is killed.
    private SignIn Read(CredentialKey key, ISecretStore store, Secret content)
    {
        try
        {
            return SignInJson.Read(content);
        }
        catch (McpRuntimeException)
        {
            throw new SignInRequiredException(
                key,
                $"What {store.Description} has as the sign-in '{key.Scheme}' of {key.Label} is not a whole sign-in. To "
                    + $"sign in again, {HowToSignIn(key)}"
            );
        }
    }

    public async Task<IAsyncDisposable> LockAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolder(_locks);
        return await PrivateFile.WaitForAsync(
            Path.Combine(_locks, $"{SecretName.Of(key)}.lock"),
            Timeout.InfiniteTimeSpan,
            cancellationToken
        );
    }

    public async Task WriteAsync(CredentialKey key, SignIn signIn, CancellationToken cancellationToken)
    {
        var before = _records.FindNow(key);
        // A renewal stays where its sign-in is; a new sign-in goes where new ones go.
        var isSame = before is { IsSignIn: true } && before.Stamp == signIn.Stamp;
        var store = isSame ? _storeOf(before!) : _store;
        var name = SecretName.Of(key);
        using (var content = SignInJson.Write(signIn))
            await store.WriteAsync(name, content, cancellationToken);
        await _records.SetAsync(
            key,
            now => new SecretRecord(isSame ? before!.Vault : _vault ?? _store.Kind, name, IsOwn: false, [], now)
            {
                Store = store.Kind,
                Stamp = signIn.Stamp,
                IsSignIn = true,
                Generation = signIn.Generation,
                Account = signIn.Account,
                Scopes = signIn.Scopes,
                // One that is renewed does not end then.
                ExpiresAt = signIn.RefreshToken is null ? signIn.ExpiresAt : null,
            },
            CancellationToken.None
        );
    }

    public async Task RemoveAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (_records.FindNow(key) is not { } record)
            return;
        await _storeOf(record).RemoveAsync(record.SecretName, cancellationToken);
        await _records.ForgetAsync(key, cancellationToken);
    }
}
