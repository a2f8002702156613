using System.Data.Common;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Projects;

/// <param name="Action">See <see cref="Audit.AuditedActions"/>.</param>
/// <param name="Caller">See <see cref="Access.Caller.Id"/>.</param>
/// <param name="Summary">What changed, as in the audit.</param>
internal sealed record ConnectorChange(string Action, string Caller, string Summary);

/// <summary>A connector as a change left it; a removal, as it was.</summary>
/// <param name="Number">Counts the changes of connectors of this name in the project.</param>
/// <param name="Time">When.</param>
/// <param name="Change">Who did what; no caller for what was there before the gateway kept a history.</param>
/// <param name="State">Without approvals of internal hosts, which nothing brings back.</param>
internal sealed record HistoryEntry(long Number, DateTimeOffset Time, ConnectorChange Change, ProjectConnector State);

/// <summary>The last changes of the connectors of projects.</summary>
internal sealed class ConnectorHistory(Database database)
{
    /// <summary>Changes that are kept of a connector.</summary>
    public const int Most = 20;

    // Of all names that a project ever had.
    private const int MostOfProject = 1000;

    private const string Columns =
        "number, time, caller, action, summary, enabled, tools, read_only, is_choice, project, connector";

    private const string IsConnector = "project = @project AND connector = @connector";

    /// <summary>The newest first, without their manifests.</summary>
    public Task<IReadOnlyList<HistoryEntry>> ListAsync(
        string project,
        string connector,
        CancellationToken cancellationToken
    ) =>
        database.QueryAsync(
            $"SELECT {Columns}, '' FROM gateway_connector_history WHERE {IsConnector} ORDER BY number DESC "
                + $"LIMIT {Most}",
            Read,
            cancellationToken,
            ("project", project),
            ("connector", connector)
        );

    public Task<HistoryEntry?> FindAsync(
        string project,
        string connector,
        long number,
        CancellationToken cancellationToken
    ) =>
        database.FindAsync(
            $"SELECT {Columns}, manifest FROM gateway_connector_history WHERE {IsConnector} AND number = @number",
            Read,
            cancellationToken,
            ("project", project),
            ("connector", connector),
            ("number", number)
        );

    /// <summary>Notes a change within the transaction that makes it, and forgets the oldest ones.</summary>
    public static async Task AddAsync(
        DbTransaction transaction,
        ProjectConnector state,
        ConnectorChange change,
        long now,
        CancellationToken cancellationToken
    )
    {
        (string, object?)[] connector = [("project", state.Project), ("connector", state.Name)];
        await transaction.ExecuteAsync(
            "INSERT INTO gateway_connector_history (project, connector, number, time, caller, action, summary, "
                + "manifest, enabled, tools, read_only, is_choice) SELECT @project, @connector, "
                + "COALESCE(MAX(number), 0) + 1, @now, @caller, @action, @summary, @manifest, @enabled, @tools, "
                + $"@readonly, @choice FROM gateway_connector_history WHERE {IsConnector}",
            cancellationToken,
            [
                .. connector,
                ("now", now),
                ("caller", change.Caller),
                ("action", change.Action),
                ("summary", change.Summary),
                ("manifest", ManifestArchive.Write(state.Manifest)),
                ("enabled", state.Enabled ? 1 : 0),
                ("tools", string.Join(' ', state.Tools)),
                ("readonly", state.ReadOnly ? 1 : 0),
                ("choice", state.IsChoice ? 1 : 0),
            ]
        );
        await transaction.ExecuteAsync(
            $"DELETE FROM gateway_connector_history WHERE {IsConnector} AND number <= (SELECT MAX(number) FROM "
                + $"gateway_connector_history WHERE {IsConnector}) - {Most}",
            cancellationToken,
            connector
        );
        await transaction.ExecuteAsync(
            "DELETE FROM gateway_connector_history WHERE project = @project AND time < (SELECT MIN(time) FROM (SELECT "
                + "time FROM gateway_connector_history WHERE project = @project ORDER BY time DESC LIMIT "
                + $"{MostOfProject}) AS kept)",
            cancellationToken,
            ("project", state.Project)
        );
    }

    private static HistoryEntry Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            new ConnectorChange(row.GetString(3), row.GetString(2), row.GetString(4)),
            ProjectConnector.New(row.GetString(9), row.GetString(10), ManifestArchive.Read(row.GetString(11))) with
            {
                Enabled = row.GetInt32(5) != 0,
                Tools = row.GetString(6).Split(' ', StringSplitOptions.RemoveEmptyEntries),
                ReadOnly = row.GetInt32(7) != 0,
                IsChoice = row.GetInt32(8) != 0,
            }
        );
}
