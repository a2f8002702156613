using System.Data.Common;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.SignIns;

/// <summary>
/// The sign-ins of the gateway as credentials of calls: of the caller alone where the key names a holder.
/// </summary>
internal sealed class GatewaySignInSource(DatabaseSignInStore store, SignInTokens tokens, DatabaseOutage outage)
    : ICredentialSource
{
    // Calls whose sign-in was read before can go on without an answer, others cannot.
    private static readonly TimeSpan PatienceOfKnown = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan PatienceOfUnknown = TimeSpan.FromSeconds(4);

    // Other sources have nothing for one caller alone, so that no other line would say what to do.
    public string? HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) =>
        key.Holder is null ? null
        : store.IsConfigured ? "each caller connects an account"
        : "set MCP_RUNTIME_KEY_RING_KEY_FILE for the gateway, so that callers can connect their accounts, or set "
            + "over_http: shared in the manifest's credentials";

    public string? HowToSignIn(CredentialKey key) => store.IsConfigured ? store.HowToSignIn(key) : null;

    public async ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (!store.IsConfigured)
            return null;
        await LookAsync(key, cancellationToken);
        return store.Known(key) is { Stamp: { } stamp } mark
            ? new Credential(key.Holder is null ? "shared sign-in" : "sign-in of the caller")
            {
                SignIn = new UsedSignIn(new StoredSignIn(tokens, store, key, stamp), store, key),
                Origins = mark.Origins,
                Account = mark.Account,
                Mark = mark.Stamp,
            }
            : null;
    }

    /// <summary>As far as this process knows; other replicas tell it what they change.</summary>
    public bool IsCurrent(CredentialKey key, Credential? known) =>
        !store.IsConfigured
            ? known is null
            : store.Known(key) is { IsDoubtful: false } mark && mark.Stamp == known?.Mark as string;

    private async Task LookAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        var isKnown = store.Known(key) is not null;
        if (isKnown && outage.IsSuspected)
            return;
        try
        {
            using var found = await DatabaseOutage.WithinAsync(
                isKnown ? PatienceOfKnown : PatienceOfUnknown,
                limit => store.ReadAsync(key, limit).AsTask(),
                cancellationToken
            );
        }
        catch (Exception exception)
            when (isKnown
                && exception is IOException or McpRuntimeException { InnerException: DbException or IOException }
            )
        {
            // What is known still counts; tokens that are good are in memory.
        }
        catch (IOException exception)
        {
            throw new McpRuntimeException("Sign-ins cannot be read now: the database does not answer.", exception);
        }
    }
}
