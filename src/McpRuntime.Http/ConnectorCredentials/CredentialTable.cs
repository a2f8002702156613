using System.Data.Common;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.ConnectorCredentials;

/// <param name="Content">What <see cref="CredentialSeal"/> closed.</param>
/// <param name="Stamp">Another one after every change.</param>
/// <param name="SetBy">The caller who gave the value.</param>
/// <param name="SetAt">When.</param>
internal sealed record CredentialRow(string Content, string Stamp, string SetBy, DateTimeOffset SetAt);

/// <summary>
/// The rows of credentials, whose content only <see cref="CredentialSeal"/> reads. Those of a project's connector go
/// with the connector.
/// </summary>
internal sealed class CredentialTable(Database database)
{
    private const string IsSlot = "identity = @identity AND scheme = @scheme";

    public Task<CredentialRow?> FindAsync(CredentialSlot slot, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"SELECT content, stamp, set_by, set_at FROM gateway_credential WHERE {IsSlot}",
            row => Read(row, 0),
            cancellationToken,
            ("identity", slot.Identity),
            ("scheme", slot.Scheme)
        );

    /// <summary>All rows.</summary>
    public async Task<Dictionary<(string Identity, string Scheme), CredentialRow>> ListAsync(
        CancellationToken cancellationToken
    ) =>
        (
            await database.QueryAsync(
                "SELECT identity, scheme, content, stamp, set_by, set_at FROM gateway_credential",
                row => (Key: (row.GetString(0), row.GetString(1)), Row: Read(row, 2)),
                cancellationToken
            )
        ).ToDictionary(entry => entry.Key, entry => entry.Row);

    /// <summary>Writes it in the place of a row; false where that is not there any more.</summary>
    /// <param name="slot">What it is for.</param>
    /// <param name="row">What to write.</param>
    /// <param name="before">Stamp of the row that it replaces; null where there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> SetAsync(
        CredentialSlot slot,
        CredentialRow row,
        string? before,
        CancellationToken cancellationToken
    ) =>
        await database.ExecuteAsync(
            before is null
                ? "INSERT INTO gateway_credential (identity, scheme, project, connector, content, stamp, set_by, "
                    + "set_at) VALUES (@identity, @scheme, @project, @connector, @content, @stamp, @by, @at) "
                    + "ON CONFLICT (identity, scheme) DO NOTHING"
                : "UPDATE gateway_credential SET content = @content, stamp = @stamp, set_by = @by, set_at = @at "
                    + $"WHERE {IsSlot} AND stamp = @before",
            cancellationToken,
            ("identity", slot.Identity),
            ("scheme", slot.Scheme),
            ("project", slot.Project),
            ("connector", slot.Connector),
            ("content", row.Content),
            ("stamp", row.Stamp),
            ("by", row.SetBy),
            ("at", row.SetAt.ToUnixTimeMilliseconds()),
            ("before", before ?? "")
        ) == 1;

    public async Task<bool> RemoveAsync(CredentialSlot slot, string stamp, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            $"DELETE FROM gateway_credential WHERE {IsSlot} AND stamp = @stamp",
            cancellationToken,
            ("identity", slot.Identity),
            ("scheme", slot.Scheme),
            ("stamp", stamp)
        ) == 1;

    private static CredentialRow Read(DbDataReader row, int first) =>
        new(
            row.GetString(first),
            row.GetString(first + 1),
            row.GetString(first + 2),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 3))
        );
}
