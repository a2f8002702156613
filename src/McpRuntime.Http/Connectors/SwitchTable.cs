using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Connectors;

/// <summary>The connectors of the folder that are disabled, by name; some may not be in the folder now.</summary>
internal sealed class SwitchTable(Database database, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlySet<string>> DisabledAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync(
                "SELECT connector FROM gateway_switch",
                row => row.GetString(0),
                cancellationToken
            )
        ).ToHashSet(StringComparer.Ordinal);

    /// <summary>False where it was so before.</summary>
    /// <exception cref="SilentDatabaseException">There was no answer in time.</exception>
    public async Task<bool> SetAsync(string connector, bool enabled, CancellationToken cancellationToken) =>
        await DatabaseOutage.WithinAsync(Limit, limit => WriteAsync(connector, enabled, limit), cancellationToken) == 1;

    private Task<int> WriteAsync(string connector, bool enabled, CancellationToken cancellationToken) =>
        enabled
            ? database.ExecuteAsync(
                "DELETE FROM gateway_switch WHERE connector = @connector",
                cancellationToken,
                ("connector", connector)
            )
            : database.ExecuteAsync(
                "INSERT INTO gateway_switch (connector, since) VALUES (@connector, @now) "
                    + "ON CONFLICT (connector) DO NOTHING",
                cancellationToken,
                ("connector", connector),
                ("now", time.GetUtcNow().ToUnixTimeMilliseconds())
            );
}
