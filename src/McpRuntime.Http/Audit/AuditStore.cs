using System.Data.Common;
using McpRuntime.Http.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace McpRuntime.Http.Audit;

/// <summary>The audit in the database.</summary>
internal sealed class AuditStore(Database database)
{
    private const string Columns =
        "time, caller, action, target, outcome, duration, correlation, address, project, detail, call_id";

    private static readonly string Parameters = "@" + Columns.Replace(" ", " @", StringComparison.Ordinal);

    /// <summary>Entries before a number, newest first; the number of each comes with it.</summary>
    public Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ReadAsync(
        long before,
        int most,
        AuditFilter filter,
        CancellationToken cancellationToken
    ) => QueryAsync("id < @place", "id DESC", before, most, filter, cancellationToken);

    /// <summary>Entries behind a number, oldest first; the number of each comes with it.</summary>
    public Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ReadForwardAsync(
        long behind,
        int most,
        AuditFilter filter,
        CancellationToken cancellationToken
    ) => QueryAsync("id > @place", "id", behind, most, filter, cancellationToken);

    private Task<IReadOnlyList<(long Id, AuditEntry Entry)>> QueryAsync(
        string from,
        string order,
        long place,
        int most,
        AuditFilter filter,
        CancellationToken cancellationToken
    ) =>
        database.QueryAsync(
            $"SELECT id, {Columns} FROM gateway_audit WHERE {from} AND {filter.Condition} ORDER BY {order} LIMIT @most",
            Read,
            cancellationToken,
            [("place", place), ("most", most), .. filter.Parameters]
        );

    /// <summary>All or none.</summary>
    public Task InsertAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                if (database.IsPostgres)
                    await InsertAtOnceAsync(command, entries, cancellationToken);
                else
                    await InsertOneByOneAsync(command, entries, cancellationToken);
            },
            cancellationToken
        );

    public Task DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "DELETE FROM gateway_audit WHERE time < @before",
            cancellationToken,
            ("before", time.ToUnixTimeMilliseconds())
        );

    /// <summary>
    /// An entry is at fault and would fail again, as opposed to a database that is away, full or read-only for a while:
    /// PostgreSQL's classes 22 (data) and 23 (constraints), SQLite's TOOBIG, CONSTRAINT, MISMATCH and RANGE, and
    /// whatever a driver finds wrong before it asks.
    /// </summary>
    public static bool IsDataAtFault(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: ['2', '2' or '3', ..] } => true,
            SqliteException { SqliteErrorCode: 18 or 19 or 20 or 25 } => true,
            DbException or IOException or InvalidOperationException or OperationCanceledException => false,
            _ => true,
        };

    // A server is far away: one statement carries all rows.
    private static Task<int> InsertAtOnceAsync(
        DbCommand command,
        IReadOnlyList<AuditEntry> entries,
        CancellationToken cancellationToken
    )
    {
        command.CommandText = $"INSERT INTO gateway_audit ({Columns}) SELECT * FROM unnest({Parameters})";
        command.Add("time", Column(entry => entry.Time.ToUnixTimeMilliseconds()));
        command.Add("caller", Column(entry => entry.Caller));
        command.Add("action", Column(entry => entry.Action));
        command.Add("target", Column(entry => entry.Target));
        command.Add("outcome", Column(entry => entry.Outcome));
        command.Add("duration", Column(entry => (long)entry.Duration.TotalMilliseconds));
        command.Add("correlation", Column(entry => entry.CorrelationId));
        command.Add("address", Column(entry => entry.Address));
        command.Add("project", Column(entry => entry.Project));
        command.Add("detail", Column(entry => entry.Detail));
        command.Add("call_id", Column(entry => entry.CallId));
        return command.ExecuteNonQueryAsync(cancellationToken);

        T[] Column<T>(Func<AuditEntry, T> value) => [.. entries.Select(value)];
    }

    // A file is near: one statement that is prepared once and run for each row costs least.
    private static async Task InsertOneByOneAsync(
        DbCommand command,
        IReadOnlyList<AuditEntry> entries,
        CancellationToken cancellationToken
    )
    {
        command.CommandText = $"INSERT INTO gateway_audit ({Columns}) VALUES ({Parameters})";
        foreach (var name in Columns.Split(", "))
            command.Add(name, "");
        await command.PrepareAsync(cancellationToken);
        foreach (var entry in entries)
        {
            command.Parameters[0].Value = entry.Time.ToUnixTimeMilliseconds();
            command.Parameters[1].Value = entry.Caller;
            command.Parameters[2].Value = entry.Action;
            command.Parameters[3].Value = entry.Target;
            command.Parameters[4].Value = entry.Outcome;
            command.Parameters[5].Value = (long)entry.Duration.TotalMilliseconds;
            command.Parameters[6].Value = entry.CorrelationId;
            command.Parameters[7].Value = entry.Address;
            command.Parameters[8].Value = (object?)entry.Project ?? DBNull.Value;
            command.Parameters[9].Value = entry.Detail;
            command.Parameters[10].Value = entry.CallId;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static (long Id, AuditEntry Entry) Read(DbDataReader row) =>
        (
            row.GetInt64(0),
            new AuditEntry(
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                TimeSpan.FromMilliseconds(row.GetInt64(6)),
                row.GetString(7),
                row.GetString(8)
            )
            {
                Project = row.IsDBNull(9) ? null : row.GetString(9),
                Detail = row.GetString(10),
                CallId = row.GetString(11),
            }
        );
}
