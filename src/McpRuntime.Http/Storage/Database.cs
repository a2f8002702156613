using System.Data.Common;
using System.Globalization;
using McpRuntime.Http.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace McpRuntime.Http.Storage;

/// <summary>
/// The gateway's state. One text of SQL serves both databases: what differs is kept in <see cref="Migrations"/> and
/// here. Times are milliseconds since 1970, in UTC.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    // Any number, the same in every gateway.
    private const long AdvisoryLock = 7_340_128_511;

    private static readonly TimeSpan ListenerAsksEvery = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan ListenerLimit = TimeSpan.FromSeconds(5);

    private readonly DbDataSource _source;

    private Database(DbDataSource source, bool isPostgres)
    {
        _source = source;
        IsPostgres = isPostgres;
    }

    public bool IsPostgres { get; }

    /// <summary>
    /// Nothing is connected before the first statement; the folder of a file is created for its owner alone.
    /// </summary>
    public static Database Open(DatabaseTarget target)
    {
        if (target is DatabaseTarget.Postgres postgres)
            return new Database(postgres.Open(), isPostgres: true);
        var path = ((DatabaseTarget.Sqlite)target).Path;
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        // SQLite gives its journal and its shared memory the mode of the database.
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            PrivateFolder.Protect(file, create: file == path);
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 5,
        };
        return new Database(SqliteFactory.Instance.CreateDataSource(connection.ConnectionString), isPostgres: false);
    }

    /// <summary>Runs one statement and returns the number of changed rows.</summary>
    public async Task<int> ExecuteAsync(
        string sql,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows of a statement, which bounds their number itself.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>The first row of a statement; null without any.</summary>
    public async Task<T?> FindAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
        where T : class
    {
        var rows = await QueryAsync(sql, read, cancellationToken, parameters);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>
    /// All or nothing, and no two at a time in all gateways of the database: for what replicas do that start together.
    /// </summary>
    public Task TransactAloneAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancellationToken) =>
        TransactAsync(
            async (connection, transaction) =>
            {
                // SQLite lets one write anyway.
                if (IsPostgres)
                {
                    await using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = string.Create(
                        CultureInfo.InvariantCulture,
                        $"SELECT pg_advisory_xact_lock({AdvisoryLock})"
                    );
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }
                await work(connection, transaction);
            },
            cancellationToken
        );

    /// <summary>
    /// Waits until no other gateway of a PostgreSQL database holds the number, and holds it until it is disposed or
    /// this process is gone. A transaction keeps it, so that it also holds behind a pooler of connections.
    /// </summary>
    public async Task<IAsyncDisposable> HoldAsync(long number, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            await connection.BeginTransactionAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_advisory_xact_lock(@number)";
            command.Add("number", number);
            // The caller says how long it waits.
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
            // Closing ends the transaction.
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Calls back with what each notification of a PostgreSQL channel carries, until the connection is lost or it is
    /// cancelled. A connection that no one answers on is noticed after half a minute.
    /// </summary>
    /// <param name="channel">A plain name.</param>
    /// <param name="notified">Quick, and throws nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ListenAsync(string channel, Action<string> notified, CancellationToken cancellationToken)
    {
        await using var connection = (NpgsqlConnection)await _source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => notified(notification.Payload);
        await using var command = connection.CreateCommand();
        command.CommandText = $"LISTEN {channel}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = "SELECT 1";
        while (true)
        {
            if (!await connection.WaitAsync(ListenerAsksEvery, cancellationToken))
                await DatabaseOutage.WithinAsync(ListenerLimit, command.ExecuteNonQueryAsync, cancellationToken);
        }
    }

    /// <summary>All or nothing.</summary>
    public async Task TransactAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await work(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = _source.CreateCommand(sql);
        foreach (var (name, value) in parameters)
            command.Add(name, value);
        return command;
    }
}

/// <summary>Parameters by name, the same for both drivers.</summary>
internal static class CommandParameters
{
    public static void Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        // With its prefix: SQLite's driver tries three of them for every value that has none.
        parameter.ParameterName = "@" + name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    /// <summary>Runs one statement within a transaction and returns the number of changed rows.</summary>
    public static async Task<int> ExecuteAsync(
        this DbTransaction transaction,
        string sql,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Add(name, value);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
