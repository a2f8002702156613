using McpRuntime.Credentials;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.SignIns;

/// <summary>
/// Removes sign-ins of callers who are gone: whose API token was revoked or has expired, and those that no call used
/// for long. Each is ended at its provider, and the audit says so. Nothing waits for it.
/// </summary>
internal sealed class SignInSweep(
    SignInTable table,
    SignInRemoval removal,
    TokenVerifier tokens,
    GatewaySettings settings,
    AuditLog audit,
    TimeProvider time,
    ILogger<SignInSweep> logger
) : BackgroundService
{
    // Tokens are revoked on the command line, too, and by other replicas that were killed before they came to this.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    // The provider's answer included.
    private static readonly TimeSpan WorkLimit = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _woken = new(0);

    /// <summary>Ends what is to be ended.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var ended = await WithinAsync(
            async limit =>
            {
                await table.EndOldAsync(time.GetUtcNow() - settings.AccountLifetime, limit);
                return await table.EndedAsync(limit);
            },
            cancellationToken
        );
        foreach (var (key, why) in ended)
        {
            if (await WithinAsync(limit => removal.EndEndedAsync(key, limit), cancellationToken) is { } revoked)
                Note(key, $"{why} {revoked}");
        }
    }

    // A stop must not reach the driver: it asks the server to cancel and waits for it, for ever where that is paused.
    private static Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        DatabaseOutage.WithinAsync(WorkLimit, work, cancellationToken);

    public override void Dispose()
    {
        tokens.Refused -= OnRefused;
        base.Dispose();
        _woken.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        tokens.Refused += OnRefused;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is McpRuntimeException || DatabaseOutage.IsCause(exception))
            {
                logger.LogWarning(exception, "Sign-ins of callers who are gone could not be removed; they will be.");
            }
            await _woken.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private void OnRefused(string token) => _woken.Release();

    private void Note(CredentialKey key, string detail) =>
        audit.Add(
            new AuditEntry(
                time.GetUtcNow(),
                key.Holder ?? "",
                "sign_in.remove",
                $"{key.Connector} {key.Scheme}",
                "ok",
                TimeSpan.Zero,
                "",
                ""
            )
            {
                Project = key.Project(),
                Detail = detail,
            }
        );
}
