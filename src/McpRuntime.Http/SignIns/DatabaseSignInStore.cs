using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Storage;
using McpRuntime.Network;

namespace McpRuntime.Http.SignIns;

/// <summary>Sign-ins of callers, and of those that all callers share, encrypted in the gateway's database.</summary>
internal sealed class DatabaseSignInStore(SignInTable table, SignInSeal seal, SignInTurns turns) : ISignInStore
{
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<CredentialKey, SignInMark> _known = new();

    public string Description => "the gateway's database";

    /// <summary>Sign-ins can be kept.</summary>
    public bool IsConfigured => seal.IsConfigured;

    public string HowToSignIn(CredentialKey key) =>
        key.Holder is null
            ? "a caller with the right 'credentials' connects the account that all callers share."
            : "connect your account.";

    /// <summary>What this process last read or wrote; null where it did neither.</summary>
    public SignInMark? Known(CredentialKey key) => _known.GetValueOrDefault(key);

    public async ValueTask<SignIn?> ReadAsync(CredentialKey key, CancellationToken cancellationToken) =>
        (await FindAsync(key, cancellationToken))?.SignIn;

    public Task<IAsyncDisposable> LockAsync(CredentialKey key, CancellationToken cancellationToken) =>
        GuardAsync(() => turns.WaitAsync(key, cancellationToken));

    /// <summary>Keeps a renewed sign-in, for the origins of the one before.</summary>
    public async Task WriteAsync(CredentialKey key, SignIn signIn, CancellationToken cancellationToken)
    {
        // One that was removed or replaced meanwhile does not come back.
        if (await FindAsync(key, cancellationToken) is not var (before, origins))
            return;
        using (before)
        {
            if (before.Stamp == signIn.Stamp)
                await SetAsync(key, signIn, origins, cancellationToken);
        }
    }

    /// <summary>Keeps what a user consented to now, in the place of the sign-in before.</summary>
    /// <param name="key">Whose, and for what.</param>
    /// <param name="signIn">Not disposed.</param>
    /// <param name="origins">Where its tokens may be sent: those that the user saw.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="McpRuntimeException">The gateway has no key ring, or the database does not answer.</exception>
    public Task ConnectAsync(
        CredentialKey key,
        SignIn signIn,
        IReadOnlyList<Origin> origins,
        CancellationToken cancellationToken
    ) => SetAsync(key, signIn, origins, cancellationToken);

    public Task RemoveAsync(CredentialKey key, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            await table.RemoveAsync(key, cancellationToken);
            Note(key, SignInMark.None);
            return true;
        });

    private async Task<(SignIn SignIn, IReadOnlyList<Origin> Origins)?> FindAsync(
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        if (await GuardAsync(() => table.FindAsync(key, cancellationToken)) is not { } content)
        {
            Note(key, SignInMark.None);
            return null;
        }
        try
        {
            var found = seal.Open(key, content);
            Note(key, new SignInMark(found.SignIn.Stamp, found.Origins, found.SignIn.Account));
            return found;
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

    private async Task SetAsync(
        CredentialKey key,
        SignIn signIn,
        IReadOnlyList<Origin> origins,
        CancellationToken cancellationToken
    )
    {
        var content = seal.Close(key, signIn, origins);
        await GuardAsync(async () =>
        {
            await table.SetAsync(key, content, cancellationToken);
            Note(key, new SignInMark(signIn.Stamp, origins, signIn.Account));
            return true;
        });
    }

    private void Note(CredentialKey key, SignInMark mark)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[key] = mark;
    }

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

/// <summary>Tells whether a sign-in is still the same.</summary>
/// <param name="Stamp"><see cref="SignIn.Stamp"/>; null where there is no sign-in.</param>
/// <param name="Origins">Where its tokens may be sent.</param>
/// <param name="Account"><see cref="SignIn.Account"/>.</param>
internal sealed record SignInMark(string? Stamp, IReadOnlyList<Origin> Origins, string? Account)
{
    public static SignInMark None { get; } = new(null, [], null);
}
