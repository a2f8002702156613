using McpRuntime.Http.Storage;

namespace McpRuntime.Http.RuntimeControl;

/// <summary>The drain of the whole gateway in the database that its replicas share.</summary>
internal sealed class DrainTable(Database database, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>False where one process is all there is.</summary>
    public bool IsShared => database.IsPostgres;

    public async Task<bool> IsDrainingAsync(CancellationToken cancellationToken) =>
        await database.FindAsync(
            "SELECT scope FROM gateway_drain WHERE scope = ''",
            row => row.GetString(0),
            cancellationToken
        )
            is not null;

    /// <exception cref="SilentDatabaseException">There was no answer in time.</exception>
    public Task SetAsync(bool draining, CancellationToken cancellationToken) =>
        DatabaseOutage.WithinAsync(Limit, limit => WriteAsync(draining, limit), cancellationToken);

    private Task<int> WriteAsync(bool draining, CancellationToken cancellationToken) =>
        draining
            ? database.ExecuteAsync(
                "INSERT INTO gateway_drain (scope, since) VALUES ('', @now) ON CONFLICT (scope) DO NOTHING",
                cancellationToken,
                ("now", time.GetUtcNow().ToUnixTimeMilliseconds())
            )
            : database.ExecuteAsync("DELETE FROM gateway_drain WHERE scope = ''", cancellationToken);
}
