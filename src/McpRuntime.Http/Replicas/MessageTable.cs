using System.Globalization;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Replicas;

/// <param name="Id">Grows with time: whoever has seen one has seen all before it.</param>
/// <param name="Sender">Id of a replica; empty for a command.</param>
/// <param name="Topic">One of <see cref="ReplicaTopics"/>.</param>
/// <param name="Key">What it is about.</param>
internal sealed record ReplicaMessage(long Id, string Sender, string Topic, string Key);

/// <summary>
/// Messages between the gateways of a PostgreSQL database: rows that are kept for some minutes, and a notification for
/// each, so that no one has to wait for the next look.
/// </summary>
internal sealed class MessageTable(Database database, TimeProvider time)
{
    /// <summary>The channel of notifications; what they carry says nothing.</summary>
    public const string Channel = "mcp_runtime";

    /// <summary>A replica that is cut off for longer misses messages, and looks at everything again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private const int MostAtOnce = 1000;

    // Any number, the same in every gateway.
    private const long SendersTurn = 7_340_128_512;

    /// <summary>Only PostgreSQL has other gateways that could read.</summary>
    public bool IsShared => database.IsPostgres;

    public Task AddAsync(string sender, string topic, string key, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                // One at a time: without it, a number could be seen before a smaller one, which no one would read.
                command.CommandText = string.Create(
                    CultureInfo.InvariantCulture,
                    $"SELECT pg_advisory_xact_lock({SendersTurn})"
                );
                await command.ExecuteNonQueryAsync(cancellationToken);
                command.CommandText =
                    "INSERT INTO gateway_message (sender, topic, key, sent) VALUES (@sender, @topic, @key, @sent)";
                command.Add("sender", sender);
                command.Add("topic", topic);
                command.Add("key", key);
                command.Add("sent", time.GetUtcNow().ToUnixTimeMilliseconds());
                await command.ExecuteNonQueryAsync(cancellationToken);
                command.Parameters.Clear();
                command.CommandText = $"SELECT pg_notify('{Channel}', '')";
                await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken
        );

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<ReplicaMessage>> ReadAsync(long after, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT id, sender, topic, key FROM gateway_message WHERE id > @after ORDER BY id LIMIT @most",
            row => new ReplicaMessage(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            cancellationToken,
            ("after", after),
            ("most", MostAtOnce)
        );

    /// <summary>Id of the newest; 0 where there is none.</summary>
    public async Task<long> LastAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync(
                "SELECT COALESCE(MAX(id), 0) FROM gateway_message",
                row => row.GetInt64(0),
                cancellationToken
            )
        )[0];

    public Task RemoveOldAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "DELETE FROM gateway_message WHERE sent < @before",
            cancellationToken,
            ("before", (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds())
        );
}
