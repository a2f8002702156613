using System.Data.Common;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Projects;

/// <summary>
/// The connectors of projects in the database. A change names the version it is based on, and is in the history.
/// </summary>
internal sealed class ConnectorStore(Database database, TimeProvider time)
{
    private const string Columns =
        "project, name, manifest, enabled, tools, read_only, private_networks, created, updated, version, "
        + "private_hosts, is_choice";

    private const string IsVersion =
        "project = @project AND name = @name AND version = @version AND created = @created";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Of one project by name, or of all projects.</summary>
    public Task<IReadOnlyList<ProjectConnector>> ListAsync(string? project, CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"SELECT {Columns} FROM gateway_connector WHERE @all = 1 OR project = @project ORDER BY project, name",
            Read,
            cancellationToken,
            ("all", project is null ? 1 : 0),
            ("project", project ?? "")
        );

    public Task<ProjectConnector?> FindAsync(string project, string name, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"SELECT {Columns} FROM gateway_connector WHERE project = @project AND name = @name",
            Read,
            cancellationToken,
            ("project", project),
            ("name", name)
        );

    /// <summary>False when the project has one of this name.</summary>
    /// <param name="connector">Its version and times are given here.</param>
    /// <param name="change">For the history.</param>
    /// <param name="cancellationToken">Gives up; nothing is half-written.</param>
    public Task<bool> InstallAsync(
        ProjectConnector connector,
        ConnectorChange change,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            connector,
            change,
            transaction =>
                transaction.ExecuteAsync(
                    $"INSERT INTO gateway_connector ({Columns}) VALUES (@project, @name, @manifest, @enabled, @tools, "
                        + "@readonly, @private, @now, @now, 1, @hosts, @choice) ON CONFLICT (project, name) DO NOTHING",
                    cancellationToken,
                    Values(connector)
                ),
            cancellationToken
        );

    /// <summary>False when it is not there in its version any more.</summary>
    public Task<bool> UpdateAsync(
        ProjectConnector changed,
        ConnectorChange change,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            changed,
            change,
            transaction =>
                transaction.ExecuteAsync(
                    "UPDATE gateway_connector SET manifest = @manifest, enabled = @enabled, tools = @tools, "
                        + "read_only = @readonly, private_networks = @private, private_hosts = @hosts, "
                        + $"is_choice = @choice, updated = @now, version = version + 1 WHERE {IsVersion}",
                    cancellationToken,
                    [.. Values(changed), .. VersionOf(changed)]
                ),
            cancellationToken
        );

    /// <summary>
    /// With the accounts that callers connected for it. False when it is not there in its version any more.
    /// </summary>
    public Task<bool> RemoveAsync(
        ProjectConnector connector,
        ConnectorChange change,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            connector,
            change,
            async transaction =>
            {
                var removed = await transaction.ExecuteAsync(
                    $"DELETE FROM gateway_connector WHERE {IsVersion}",
                    cancellationToken,
                    [("project", connector.Project), ("name", connector.Name), .. VersionOf(connector)]
                );
                if (removed == 1)
                    await AccountsOfConnectors.EndAsync(
                        transaction,
                        connector.Project,
                        connector.Name,
                        Now,
                        cancellationToken
                    );
                return removed;
            },
            cancellationToken
        );

    private async Task<bool> WriteAsync(
        ProjectConnector connector,
        ConnectorChange change,
        Func<DbTransaction, Task<int>> write,
        CancellationToken cancellationToken
    )
    {
        var isWritten = false;
        await database.TransactAsync(
            async (_, transaction) =>
            {
                isWritten = await write(transaction) == 1;
                if (isWritten)
                    await ConnectorHistory.AddAsync(transaction, connector, change, Now, cancellationToken);
            },
            cancellationToken
        );
        return isWritten;
    }

    private (string, object?)[] Values(ProjectConnector connector) =>
        [
            ("project", connector.Project),
            ("name", connector.Name),
            ("manifest", connector.Manifest),
            ("enabled", connector.Enabled ? 1 : 0),
            ("tools", string.Join(' ', connector.Tools)),
            ("readonly", connector.ReadOnly ? 1 : 0),
            ("private", connector.PrivateNetworks ? 1 : 0),
            ("hosts", string.Join(' ', connector.PrivateHosts)),
            ("choice", connector.IsChoice ? 1 : 0),
            ("now", Now),
        ];

    private static (string, object?)[] VersionOf(ProjectConnector connector) =>
        [("version", connector.Number), ("created", connector.Created.ToUnixTimeMilliseconds())];

    private static ProjectConnector Read(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetInt32(3) != 0,
            Words(row.GetString(4)),
            row.GetInt32(5) != 0,
            row.GetInt32(6) != 0,
            Time(row, 7),
            Time(row, 8),
            row.GetInt64(9)
        )
        {
            PrivateHosts = Words(row.GetString(10)),
            IsChoice = row.GetInt32(11) != 0,
        };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static DateTimeOffset Time(DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
