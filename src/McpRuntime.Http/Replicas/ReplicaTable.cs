using System.Data.Common;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Replicas;

/// <summary>What a replica says of itself.</summary>
/// <param name="Id">See <see cref="Replica"/>.</param>
/// <param name="Started">When.</param>
/// <param name="Version">Of the gateway.</param>
/// <param name="IsDraining">It is not ready for new work.</param>
/// <param name="Sessions">Open MCP sessions.</param>
/// <param name="RunningCalls">Calls of tools that run now.</param>
/// <param name="Connectors">Those that it serves, projects' included.</param>
/// <param name="Viewers">Live views that are open there.</param>
internal sealed record ReplicaState(
    string Id,
    DateTimeOffset Started,
    string Version,
    bool IsDraining,
    int Sessions,
    long RunningCalls,
    int Connectors,
    int Viewers
)
{
    /// <summary>When it last said so, by the database's clock.</summary>
    public DateTimeOffset Seen { get; init; } = Started;
}

/// <summary>The replicas of a PostgreSQL database. Times are the server's: clocks of replicas differ.</summary>
internal sealed class ReplicaTable(Database database)
{
    /// <summary>A replica that said nothing for this long is gone.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(6);

    private const string Now = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT";

    private const string SelectSeen =
        "SELECT id, started, version, draining, sessions, running_calls, connectors, viewers, seen "
        + $"FROM gateway_replica WHERE seen > {Now} - @gone";

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <summary>Says what a replica is like now, and reads what the others said lately.</summary>
    public Task<IReadOnlyList<ReplicaState>> BeatAsync(ReplicaState state, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "WITH own AS (INSERT INTO gateway_replica "
                + "(id, started, seen, version, draining, sessions, running_calls, connectors, viewers) "
                + $"VALUES (@id, @started, {Now}, @version, @draining, @sessions, @calls, @connectors, @viewers) "
                + "ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, draining = excluded.draining, "
                + "sessions = excluded.sessions, running_calls = excluded.running_calls, "
                + "connectors = excluded.connectors, viewers = excluded.viewers) "
                + SelectSeen
                + " AND id <> @id",
            Read,
            cancellationToken,
            ("id", state.Id),
            ("started", state.Started.ToUnixTimeMilliseconds()),
            ("version", state.Version),
            ("draining", state.IsDraining ? 1 : 0),
            ("sessions", state.Sessions),
            ("calls", state.RunningCalls),
            ("connectors", state.Connectors),
            ("viewers", state.Viewers),
            ("gone", (long)Gone.TotalMilliseconds)
        );

    /// <summary>Those that said something lately.</summary>
    public Task<IReadOnlyList<ReplicaState>> SeenAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(SelectSeen, Read, cancellationToken, ("gone", (long)Gone.TotalMilliseconds));

    /// <summary>It stops.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"DELETE FROM gateway_replica WHERE id = @id OR seen < {Now} - @forgotten",
            cancellationToken,
            ("id", id),
            ("forgotten", (long)Forgotten.TotalMilliseconds)
        );

    private static ReplicaState Read(DbDataReader row) =>
        new(
            row.GetString(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            row.GetString(2),
            row.GetInt32(3) != 0,
            row.GetInt32(4),
            row.GetInt64(5),
            row.GetInt32(6),
            row.GetInt32(7)
        )
        {
            Seen = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        };
}
