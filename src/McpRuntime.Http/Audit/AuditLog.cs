using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Audit;

/// <summary>
/// Writes the audit in batches beside the calls. While the database is away, entries wait in memory; those that can
/// wait no longer go to the log, so that none vanishes.
/// </summary>
internal sealed class AuditLog(Database database, GatewaySettings settings, TimeProvider time, ILogger<AuditLog> logger)
    : IHostedService, IDisposable
{
    private const int QueueLength = 50_000;
    private const int BatchLength = 200;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditEntry> _queue = Channel.CreateBounded<AuditEntry>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Never waits.</summary>
    public void Add(AuditEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
            WriteToLog(entry);
    }

    /// <summary>Entries before a number, newest first; the number of each comes with it.</summary>
    public Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ReadAsync(long before, int most, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT id, time, caller, action, target, outcome, duration, correlation, address FROM gateway_audit "
            + "WHERE id < @before ORDER BY id DESC LIMIT @most",
            Read,
            cancellationToken,
            ("before", before),
            ("most", most));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAsync()
    {
        var batch = new List<AuditEntry>(BatchLength);
        var swept = DateTimeOffset.MinValue;
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchLength && _queue.Reader.TryRead(out var entry))
                batch.Add(entry);
            await SaveAsync(batch);
            batch.Clear();
            if (time.GetUtcNow() - swept > TimeSpan.FromHours(1))
            {
                swept = time.GetUtcNow();
                await SweepAsync(swept);
            }
        }
    }

    private async Task SaveAsync(List<AuditEntry> batch)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                await InsertAsync(batch);
                return;
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
            {
                if (_stopping.IsCancellationRequested)
                {
                    batch.ForEach(WriteToLog);
                    return;
                }
                if (!told)
                    logger.LogError(exception, "The audit cannot be written; its entries wait in memory.");
                await Task.Delay(RetryAfter, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task InsertAsync(List<AuditEntry> batch) => database.TransactAsync(
        async (connection, transaction) =>
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            var sql = new StringBuilder("INSERT INTO gateway_audit (time, caller, action, target, outcome, duration, correlation, address) VALUES ");
            for (var i = 0; i < batch.Count; i++)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}(@t{i}, @c{i}, @a{i}, @g{i}, @o{i}, @d{i}, @i{i}, @f{i})");
                var (entry, n) = (batch[i], i.ToString(CultureInfo.InvariantCulture));
                command.Add("t" + n, entry.Time.ToUnixTimeMilliseconds());
                command.Add("c" + n, entry.Caller);
                command.Add("a" + n, entry.Action);
                command.Add("g" + n, entry.Target);
                command.Add("o" + n, entry.Outcome);
                command.Add("d" + n, (long)entry.Duration.TotalMilliseconds);
                command.Add("i" + n, entry.CorrelationId);
                command.Add("f" + n, entry.Address);
            }
            command.CommandText = sql.ToString();
            await command.ExecuteNonQueryAsync();
        },
        CancellationToken.None);

    private async Task SweepAsync(DateTimeOffset now)
    {
        try
        {
            await database.ExecuteAsync(
                "DELETE FROM gateway_audit WHERE time < @before",
                CancellationToken.None,
                ("before", now.AddDays(-settings.AuditDays).ToUnixTimeMilliseconds()));
        }
        catch (DbException exception)
        {
            logger.LogWarning(exception, "Old entries of the audit could not be deleted; that is tried again in an hour.");
        }
    }

    private void WriteToLog(AuditEntry entry) => logger.LogError("Not in the database: {Entry}", entry);

    private static (long Id, AuditEntry Entry) Read(DbDataReader row) => (
        row.GetInt64(0),
        new AuditEntry(
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            TimeSpan.FromMilliseconds(row.GetInt64(6)),
            row.GetString(7),
            row.GetString(8)));
}
