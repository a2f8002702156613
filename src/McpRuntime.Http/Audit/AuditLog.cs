using System.Data.Common;
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
    private const int BatchLength = 2_000;
    private const string Columns = "time, caller, action, target, outcome, duration, correlation, address, project";
    // Every batch costs the disk a round or two; so much of it may be lost when the machine loses its power.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
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
    public Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ReadAsync(
        long before, int most, AuditScope scope, CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"SELECT id, {Columns} FROM gateway_audit "
            + $"WHERE id < @before AND {scope.Condition} ORDER BY id DESC LIMIT @most",
            Read,
            cancellationToken,
            [("before", before), ("most", most), .. scope.Parameters]);

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
            if (_queue.Reader.Count < BatchLength)
                await Task.Delay(Gathering, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            if (database.IsPostgres)
                await InsertAtOnceAsync(command, batch);
            else
                await InsertOneByOneAsync(command, batch);
        },
        CancellationToken.None);

    // A server is far away: one statement carries all rows.
    private static Task<int> InsertAtOnceAsync(DbCommand command, List<AuditEntry> batch)
    {
        command.CommandText = $"INSERT INTO gateway_audit ({Columns}) SELECT * FROM unnest(@time, @caller, @action, @target, @outcome, @duration, @correlation, @address, @project)";
        command.Add("time", batch.ConvertAll(entry => entry.Time.ToUnixTimeMilliseconds()).ToArray());
        command.Add("caller", batch.ConvertAll(entry => entry.Caller).ToArray());
        command.Add("action", batch.ConvertAll(entry => entry.Action).ToArray());
        command.Add("target", batch.ConvertAll(entry => entry.Target).ToArray());
        command.Add("outcome", batch.ConvertAll(entry => entry.Outcome).ToArray());
        command.Add("duration", batch.ConvertAll(entry => (long)entry.Duration.TotalMilliseconds).ToArray());
        command.Add("correlation", batch.ConvertAll(entry => entry.CorrelationId).ToArray());
        command.Add("address", batch.ConvertAll(entry => entry.Address).ToArray());
        command.Add("project", batch.ConvertAll(entry => entry.Project).ToArray());
        return command.ExecuteNonQueryAsync();
    }

    // A file is near: one statement that is prepared once and run for each row costs least.
    private static async Task InsertOneByOneAsync(DbCommand command, List<AuditEntry> batch)
    {
        command.CommandText = $"INSERT INTO gateway_audit ({Columns}) VALUES (@time, @caller, @action, @target, @outcome, @duration, @correlation, @address, @project)";
        foreach (var name in Columns.Split(", "))
            command.Add(name, "");
        await command.PrepareAsync();
        foreach (var entry in batch)
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
            await command.ExecuteNonQueryAsync();
        }
    }

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
            row.GetString(8)) { Project = row.IsDBNull(9) ? null : row.GetString(9) });
}
