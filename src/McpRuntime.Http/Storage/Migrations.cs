using System.Globalization;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Storage;

/// <summary>
/// The steps to the current tables, each applied once and never edited afterwards. <c>{identity}</c> stands for a
/// key that the database counts.
/// </summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        """
            CREATE TABLE gateway_token (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                hash TEXT NOT NULL,
                roles TEXT NOT NULL,
                created BIGINT NOT NULL,
                expires BIGINT NULL,
                revoked BIGINT NULL
            );
            CREATE TABLE gateway_audit (
                id {identity},
                time BIGINT NOT NULL,
                caller TEXT NOT NULL,
                action TEXT NOT NULL,
                target TEXT NOT NULL,
                outcome TEXT NOT NULL,
                duration BIGINT NOT NULL,
                correlation TEXT NOT NULL,
                address TEXT NOT NULL
            );
            CREATE INDEX gateway_audit_time ON gateway_audit (time);
            """,
        """
            CREATE TABLE gateway_project (
                name TEXT NOT NULL PRIMARY KEY,
                title TEXT NOT NULL,
                description TEXT NOT NULL,
                created BIGINT NOT NULL,
                updated BIGINT NOT NULL,
                version BIGINT NOT NULL
            );
            CREATE TABLE gateway_connector (
                project TEXT NOT NULL REFERENCES gateway_project (name) ON DELETE CASCADE,
                name TEXT NOT NULL,
                manifest TEXT NOT NULL,
                enabled INTEGER NOT NULL,
                tools TEXT NOT NULL,
                read_only INTEGER NOT NULL,
                created BIGINT NOT NULL,
                updated BIGINT NOT NULL,
                version BIGINT NOT NULL,
                PRIMARY KEY (project, name)
            );
            """,
        """
            ALTER TABLE gateway_audit ADD COLUMN project TEXT NULL;
            CREATE INDEX gateway_audit_project ON gateway_audit (project, id);
            """,
        // What is there was installed by those who could do everything.
        """
            ALTER TABLE gateway_connector ADD COLUMN private_networks INTEGER NOT NULL DEFAULT 1;
            """,
        """
            ALTER TABLE gateway_audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';
            """,
        """
            ALTER TABLE gateway_token ADD COLUMN projects TEXT NOT NULL DEFAULT '';
            """,
        """
            ALTER TABLE gateway_audit ADD COLUMN call_id TEXT NOT NULL DEFAULT '';
            """,
        """
            ALTER TABLE gateway_project ADD COLUMN expose TEXT NOT NULL DEFAULT '';
            """,
        """
            CREATE TABLE gateway_key (
                id TEXT NOT NULL PRIMARY KEY,
                element TEXT NOT NULL
            );
            """,
        // The holder is '' where all callers share it: a primary key has no NULL.
        """
            CREATE TABLE gateway_sign_in (
                holder TEXT NOT NULL,
                connector TEXT NOT NULL,
                scheme TEXT NOT NULL,
                profile TEXT NOT NULL,
                content TEXT NOT NULL,
                updated BIGINT NOT NULL,
                PRIMARY KEY (holder, connector, scheme, profile)
            );
            """,
        // Of a ticket there is only its hash; the holder is '' as in gateway_sign_in.
        """
            CREATE TABLE gateway_connect_ticket (
                hash TEXT NOT NULL PRIMARY KEY,
                caller TEXT NOT NULL,
                holder TEXT NOT NULL,
                connector TEXT NOT NULL,
                scheme TEXT NOT NULL,
                profile TEXT NOT NULL,
                project TEXT NULL,
                expires BIGINT NOT NULL,
                used INTEGER NOT NULL
            );
            CREATE INDEX gateway_connect_ticket_caller ON gateway_connect_ticket (caller, expires);
            """,
        // Messages between replicas; old ones are deleted by their time.
        """
            CREATE TABLE gateway_message (
                id {identity},
                sender TEXT NOT NULL,
                topic TEXT NOT NULL,
                key TEXT NOT NULL,
                sent BIGINT NOT NULL
            );
            """,
        """
            CREATE INDEX gateway_audit_caller ON gateway_audit (caller, id);
            """,
        // A manifest is kept in the history as ManifestArchive writes it; what is there now is the first entry. The
        // history of a connector that is removed stays, so that the removal can be undone, and goes with its project.
        """
            ALTER TABLE gateway_connector ADD COLUMN private_hosts TEXT NOT NULL DEFAULT '';
            ALTER TABLE gateway_connector ADD COLUMN is_choice INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE gateway_connector_history (
                project TEXT NOT NULL REFERENCES gateway_project (name) ON DELETE CASCADE,
                connector TEXT NOT NULL,
                number BIGINT NOT NULL,
                time BIGINT NOT NULL,
                caller TEXT NOT NULL,
                action TEXT NOT NULL,
                summary TEXT NOT NULL,
                manifest TEXT NOT NULL,
                enabled INTEGER NOT NULL,
                tools TEXT NOT NULL,
                read_only INTEGER NOT NULL,
                is_choice INTEGER NOT NULL,
                PRIMARY KEY (project, connector, number)
            );
            INSERT INTO gateway_connector_history
                SELECT project, name, 1, updated, '', 'connector.install', '', manifest, enabled, tools, read_only, 0
                FROM gateway_connector;
            """,
        // The drain of the whole gateway is the row '': replicas have their own in memory. Results are encrypted.
        """
            CREATE TABLE gateway_replica (
                id TEXT NOT NULL PRIMARY KEY,
                started BIGINT NOT NULL,
                seen BIGINT NOT NULL,
                version TEXT NOT NULL,
                draining INTEGER NOT NULL,
                sessions INTEGER NOT NULL,
                running_calls BIGINT NOT NULL,
                connectors INTEGER NOT NULL,
                viewers INTEGER NOT NULL
            );
            CREATE TABLE gateway_drain (
                scope TEXT NOT NULL PRIMARY KEY,
                since BIGINT NOT NULL
            );
            CREATE TABLE gateway_switch (
                connector TEXT NOT NULL PRIMARY KEY,
                since BIGINT NOT NULL
            );
            CREATE TABLE gateway_live_ticket (
                hash TEXT NOT NULL PRIMARY KEY,
                kind INTEGER NOT NULL,
                caller TEXT NOT NULL,
                name TEXT NULL,
                token TEXT NULL,
                roles TEXT NOT NULL,
                ends BIGINT NULL,
                expires BIGINT NOT NULL
            );
            CREATE TABLE gateway_share (
                name TEXT NOT NULL,
                replica TEXT NOT NULL,
                demand DOUBLE PRECISION NOT NULL,
                share DOUBLE PRECISION NOT NULL,
                seen BIGINT NOT NULL,
                PRIMARY KEY (name, replica)
            );
            CREATE TABLE gateway_result (
                hash TEXT NOT NULL PRIMARY KEY,
                caller TEXT NOT NULL,
                content BYTEA NOT NULL,
                length BIGINT NOT NULL,
                expires BIGINT NOT NULL
            );
            CREATE INDEX gateway_result_caller ON gateway_result (caller, expires);
            """,
        // An ended one waits for its end at the provider.
        """
            ALTER TABLE gateway_sign_in ADD COLUMN used BIGINT NULL;
            ALTER TABLE gateway_sign_in ADD COLUMN ended BIGINT NULL;
            ALTER TABLE gateway_sign_in ADD COLUMN why TEXT NULL;
            CREATE INDEX gateway_sign_in_ended ON gateway_sign_in (ended);
            """,
        // The project is NULL for a connector of the folder, which no row stands for.
        """
            CREATE TABLE gateway_credential (
                identity TEXT NOT NULL,
                scheme TEXT NOT NULL,
                project TEXT NULL,
                connector TEXT NOT NULL,
                content TEXT NOT NULL,
                stamp TEXT NOT NULL,
                set_by TEXT NOT NULL,
                set_at BIGINT NOT NULL,
                PRIMARY KEY (identity, scheme),
                FOREIGN KEY (project, connector) REFERENCES gateway_connector (project, name) ON DELETE CASCADE
            );
            """,
    ];

    /// <summary>Number of the last step.</summary>
    public static int Latest => Steps.Length;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="McpRuntimeException">The tables are of a later version of the gateway.</exception>
    public static async Task ApplyAsync(Database database, CancellationToken cancellationToken)
    {
        // Readers and the writer of a WAL do not wait for each other; the mode stays with the file.
        if (!database.IsPostgres)
            await database.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await database.TransactAloneAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText =
                    "CREATE TABLE IF NOT EXISTS gateway_migration (step INTEGER NOT NULL PRIMARY KEY)";
                await command.ExecuteNonQueryAsync(cancellationToken);
                command.CommandText = "SELECT COUNT(*) FROM gateway_migration";
                var applied = Convert.ToInt32(
                    await command.ExecuteScalarAsync(cancellationToken),
                    CultureInfo.InvariantCulture
                );
                if (applied > Steps.Length)
                {
                    throw new McpRuntimeException(
                        $"The database has {CountText.Of(applied, "migration")} and this gateway knows {Steps.Length}: "
                            + $"it was used by a later version. Start that version."
                    );
                }
                for (var step = applied; step < Steps.Length; step++)
                {
                    command.CommandText = Steps[step]
                        .Replace(
                            "{identity}",
                            database.IsPostgres
                                ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                                : "INTEGER PRIMARY KEY",
                            StringComparison.Ordinal
                        );
                    await command.ExecuteNonQueryAsync(cancellationToken);
                    command.CommandText = string.Create(
                        CultureInfo.InvariantCulture,
                        $"INSERT INTO gateway_migration (step) VALUES ({step + 1})"
                    );
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }
            },
            cancellationToken
        );
    }
}
