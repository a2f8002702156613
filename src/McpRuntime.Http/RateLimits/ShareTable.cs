using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.RateLimits;

/// <summary>What a replica has of a limit, and asks of it.</summary>
/// <param name="Name">Of the limit.</param>
/// <param name="Demand">Requests a second, those that were refused included.</param>
/// <param name="Share">From 0 to 1.</param>
internal sealed record LimitShare(string Name, double Demand, double Share);

/// <summary>The shares of the replicas of a PostgreSQL database.</summary>
internal sealed class ShareTable(Database database, Replica replica)
{
    private const string Now = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT";

    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(5);

    /// <summary>Says what this replica has, and reads what the others have of the same limits.</summary>
    public async Task<ILookup<string, LimitShare>> ExchangeAsync(
        IReadOnlyList<LimitShare> own,
        CancellationToken cancellationToken
    )
    {
        var others = await database.QueryAsync(
            "WITH own AS (INSERT INTO gateway_share (name, replica, demand, share, seen) "
                + $"SELECT name, @replica, demand, share, {Now} "
                + "FROM unnest(@names, @demands, @shares) AS own (name, demand, share) "
                + "ON CONFLICT (name, replica) DO UPDATE "
                + "SET demand = excluded.demand, share = excluded.share, seen = excluded.seen) "
                + "SELECT name, demand, share FROM gateway_share "
                + $"WHERE name = ANY(@names) AND replica <> @replica AND seen > {Now} - @gone",
            row => new LimitShare(row.GetString(0), row.GetDouble(1), row.GetDouble(2)),
            cancellationToken,
            ("replica", replica.Id),
            ("names", own.Select(share => share.Name).ToArray()),
            ("demands", own.Select(share => share.Demand).ToArray()),
            ("shares", own.Select(share => share.Share).ToArray()),
            ("gone", (long)ReplicaTable.Gone.TotalMilliseconds)
        );
        return others.ToLookup(share => share.Name, StringComparer.Ordinal);
    }

    /// <summary>Gives back what this replica does not use any more, and forgets what others left.</summary>
    public Task RemoveAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "DELETE FROM gateway_share WHERE (replica = @replica AND name = ANY(@names)) "
                + $"OR seen < {Now} - @forgotten",
            cancellationToken,
            ("replica", replica.Id),
            ("names", names.ToArray()),
            ("forgotten", (long)Forgotten.TotalMilliseconds)
        );
}
