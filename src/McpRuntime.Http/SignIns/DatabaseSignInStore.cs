using System.Data.Common;
using System.Security.Cryptography;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Network;

namespace McpRuntime.Http.SignIns;

/// <summary>Sign-ins of callers, and of those that all callers share, encrypted in the gateway's database.</summary>
internal sealed class DatabaseSignInStore(
    SignInTable table,
    SignInSeal seal,
    SignInTurns turns,
    KnownSignIns known,
    TimeProvider time,
    ILogger<DatabaseSignInStore> logger
) : ISignInStore
{
    // Whether one is used at all is told by days.
    private static readonly TimeSpan NotesUseEvery = TimeSpan.FromDays(1);

    public string Description => "the gateway's database";

    /// <summary>Sign-ins can be kept.</summary>
    public bool IsConfigured => seal.IsConfigured;

    public string HowToSignIn(CredentialKey key) =>
        key.Holder is null
            ? "a caller with the right 'credentials' connects the account that all callers share."
            : "connect your account.";

    /// <summary>What this process last read or wrote; null where it did neither.</summary>
    public SignInMark? Known(CredentialKey key) => known.Find(key);

    public async ValueTask<SignIn?> ReadAsync(CredentialKey key, CancellationToken cancellationToken) =>
        (await FindAsync(key, cancellationToken))?.SignIn;

    public Task<IAsyncDisposable> LockAsync(CredentialKey key, CancellationToken cancellationToken) =>
        GuardAsync(() => turns.WaitAsync(key, cancellationToken));

    /// <summary>Keeps a renewed sign-in, for the origins of the one before.</summary>
    public async Task WriteAsync(CredentialKey key, SignIn signIn, CancellationToken cancellationToken)
    {
        // One that was removed or replaced meanwhile does not come back.
        var version = known.Version;
        if (await FindAsync(key, cancellationToken) is not var (before, origins, row))
            return;
        using (before)
        {
            if (before.Stamp != signIn.Stamp)
                return;
            var content = seal.Close(key, signIn, origins);
            await GuardAsync(async () =>
            {
                await table.ReplaceAsync(key, row.Content, content, cancellationToken);
                return true;
            });
            known.Note(key, MarkOf(signIn, origins, time.GetUtcNow()), version);
        }
    }

    /// <summary>Keeps what a user consented to now, in the place of the sign-in before.</summary>
    /// <param name="key">Whose, and for what.</param>
    /// <param name="signIn">Not disposed.</param>
    /// <param name="origins">Where its tokens may be sent: those that the user saw.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="McpRuntimeException">The gateway has no key ring, or the database does not answer.</exception>
    public async Task ConnectAsync(
        CredentialKey key,
        SignIn signIn,
        IReadOnlyList<Origin> origins,
        CancellationToken cancellationToken
    )
    {
        var content = seal.Close(key, signIn, origins);
        var version = known.Version;
        await GuardAsync(async () =>
        {
            await table.SetAsync(key, content, cancellationToken);
            return true;
        });
        known.Note(key, MarkOf(signIn, origins, time.GetUtcNow()), version);
        await known.TellAsync(key);
    }

    public async Task RemoveAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        using var removed = (await TakeAsync(key, cancellationToken)).SignIn;
    }

    /// <summary>Removes a sign-in and returns it, so that it can be ended at its provider.</summary>
    /// <returns>Whether there was one; it is null where it cannot be decrypted. The caller disposes it.</returns>
    public Task<(bool IsFound, SignIn? SignIn)> TakeAsync(CredentialKey key, CancellationToken cancellationToken) =>
        TakeAsync(key, () => table.TakeAsync(key, cancellationToken));

    /// <summary>As <see cref="TakeAsync(CredentialKey, CancellationToken)"/>, of one that is ended already.</summary>
    public Task<(bool IsFound, SignIn? SignIn)> TakeEndedAsync(
        CredentialKey key,
        CancellationToken cancellationToken
    ) => TakeAsync(key, () => table.TakeEndedAsync(key, cancellationToken));

    /// <summary>A call uses it now.</summary>
    public void NoteUse(CredentialKey key)
    {
        var now = time.GetUtcNow();
        if (known.Find(key) is not { Stamp: not null } mark || now - mark.Used < NotesUseEvery)
            return;
        known.Note(key, mark with { Used = now }, known.Version);
        _ = NoteUseAsync(key);
    }

    /// <summary>The sign-in of a row; null where it cannot be decrypted. The caller disposes it.</summary>
    public SignIn? Open(SignInRow row)
    {
        try
        {
            return seal.Open(row.Key, row.Content).SignIn;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private async Task NoteUseAsync(CredentialKey key)
    {
        try
        {
            await table.NoteUseAsync(key, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            logger.LogDebug(exception, "The use of a sign-in was not noted; the next day it is.");
        }
    }

    private async Task<(bool IsFound, SignIn? SignIn)> TakeAsync(CredentialKey key, Func<Task<SignInRow?>> take)
    {
        var version = known.Version;
        if (await GuardAsync(take) is not { } row)
            return (false, null);
        known.Note(key, SignInMark.None, version);
        await known.TellAsync(key);
        return (true, Open(row));
    }

    private async Task<(SignIn SignIn, IReadOnlyList<Origin> Origins, SignInRow Row)?> FindAsync(
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        var version = known.Version;
        if (await GuardAsync(() => table.FindAsync(key, cancellationToken)) is not { } row)
        {
            known.Note(key, SignInMark.None, version);
            return null;
        }
        try
        {
            var (signIn, origins) = seal.Open(key, row.Content);
            known.Note(key, MarkOf(signIn, origins, row.Used), version);
            return (signIn, origins, row);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new SignInRequiredException(
                key,
                $"The sign-in '{key.Scheme}' of {key.Label} cannot be decrypted by the gateway's key ring. To sign in "
                    + $"again, {HowToSignIn(key)}"
            );
        }
    }

    private static SignInMark MarkOf(SignIn signIn, IReadOnlyList<Origin> origins, DateTimeOffset? used) =>
        new(signIn.Stamp, origins, signIn.Account) { Used = used };

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            throw new McpRuntimeException("Sign-ins cannot be used now: the database does not answer.", exception);
        }
    }
}
