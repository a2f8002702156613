using System.Data.Common;
using McpRuntime.Configuration;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Projects;

/// <summary>Projects in the database. A change names the version it is based on.</summary>
internal sealed class ProjectStore(Database database, TimeProvider time)
{
    private const string ProjectColumns = "name, title, description, expose, created, updated, version";
    private const string IsVersion = "version = @version AND created = @created";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A text that is another after every change of a project or a connector.</summary>
    public async Task<string> StampAsync(CancellationToken cancellationToken)
    {
        var parts = await database.QueryAsync(
            "SELECT COUNT(*), COALESCE(SUM(version), 0), COALESCE(MAX(updated), 0) FROM gateway_project "
                + "UNION ALL SELECT COUNT(*), COALESCE(SUM(version), 0), COALESCE(MAX(updated), 0) FROM "
                + "gateway_connector",
            row => $"{row.GetValue(0)}/{row.GetValue(1)}/{row.GetValue(2)}",
            cancellationToken
        );
        return string.Join(' ', parts);
    }

    /// <summary>By name, after a name.</summary>
    public Task<IReadOnlyList<Project>> ListAsync(string after, int most, CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"SELECT {ProjectColumns} FROM gateway_project WHERE name > @after ORDER BY name LIMIT @most",
            ReadProject,
            cancellationToken,
            ("after", after),
            ("most", most)
        );

    public Task<Project?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"SELECT {ProjectColumns} FROM gateway_project WHERE name = @name",
            ReadProject,
            cancellationToken,
            ("name", name)
        );

    /// <summary>False when there is a project of this name.</summary>
    public async Task<bool> CreateAsync(
        string name,
        string title,
        string description,
        ToolExposure? expose,
        CancellationToken cancellationToken
    ) =>
        await database.ExecuteAsync(
            "INSERT INTO gateway_project (name, title, description, expose, created, updated, version) "
                + "VALUES (@name, @title, @description, @expose, @now, @now, 1) ON CONFLICT (name) DO NOTHING",
            cancellationToken,
            ("name", name),
            ("title", title),
            ("description", description),
            ("expose", ExposeWord.Of(expose) ?? ""),
            ("now", Now)
        ) == 1;

    /// <summary>False when it is not there in its version any more.</summary>
    public async Task<bool> UpdateAsync(Project changed, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "UPDATE gateway_project SET title = @title, description = @description, expose = @expose, "
                + "updated = @now, version = version + 1 "
                + $"WHERE name = @name AND {IsVersion}",
            cancellationToken,
            [
                ("name", changed.Name),
                ("title", changed.Title),
                ("description", changed.Description),
                ("expose", ExposeWord.Of(changed.Expose) ?? ""),
                ("now", Now),
                .. Of(changed.Version),
            ]
        ) == 1;

    /// <summary>
    /// With its connectors, and the accounts that callers connected for them. False when it is not there in its version
    /// any more.
    /// </summary>
    public async Task<bool> DeleteAsync(Project project, CancellationToken cancellationToken)
    {
        var isDeleted = false;
        await database.TransactAsync(
            async (_, transaction) =>
            {
                isDeleted =
                    await transaction.ExecuteAsync(
                        $"DELETE FROM gateway_project WHERE name = @name AND {IsVersion}",
                        cancellationToken,
                        [("name", project.Name), .. Of(project.Version)]
                    ) == 1;
                if (isDeleted)
                    await AccountsOfConnectors.EndAsync(transaction, project.Name, null, Now, cancellationToken);
            },
            cancellationToken
        );
        return isDeleted;
    }

    private static (string Name, object? Value)[] Of(Version version) =>
        [("version", version.Number), ("created", version.Created.ToUnixTimeMilliseconds())];

    private static Project ReadProject(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            ExposeWord.Read(row.GetString(3)),
            Time(row, 4),
            Time(row, 5),
            row.GetInt64(6)
        );

    private static DateTimeOffset Time(DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
