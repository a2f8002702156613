using System.Data.Common;
using McpRuntime.Credentials;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.SignIns;

/// <summary>
/// The rows of sign-ins, whose content only <see cref="SignInSeal"/> reads. A row that is ended counts for no call; it
/// waits for its end at the provider.
/// </summary>
internal sealed class SignInTable(Database database, TimeProvider time)
{
    private const string Columns = "holder, connector, scheme, profile, content, used";
    private const string IsMeant =
        "holder = @holder AND connector = @connector AND scheme = @scheme AND profile = @profile";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Null where there is none, or only one that is ended.</summary>
    public Task<SignInRow?> FindAsync(CredentialKey key, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"SELECT {Columns} FROM gateway_sign_in WHERE {IsMeant} AND ended IS NULL",
            Read,
            cancellationToken,
            Values(key)
        );

    /// <summary>Those of one caller, or those that all share; ordered by connector.</summary>
    /// <param name="holder">Null for those that all share.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SignInRow>> ListAsync(string? holder, CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"SELECT {Columns} FROM gateway_sign_in WHERE holder = @holder AND ended IS NULL "
                + "ORDER BY connector, scheme, profile LIMIT 1000",
            Read,
            cancellationToken,
            ("holder", holder ?? "")
        );

    public Task SetAsync(CredentialKey key, string content, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "INSERT INTO gateway_sign_in (holder, connector, scheme, profile, content, updated, used) "
                + "VALUES (@holder, @connector, @scheme, @profile, @content, @now, @now) "
                + "ON CONFLICT (holder, connector, scheme, profile) DO UPDATE SET content = excluded.content, "
                + "updated = excluded.updated, used = excluded.used, ended = NULL, why = NULL",
            cancellationToken,
            [.. Values(key), ("content", content), ("now", Now)]
        );

    /// <summary>Puts new content in the place of another; nothing where that is not there any more.</summary>
    public Task ReplaceAsync(CredentialKey key, string before, string content, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "UPDATE gateway_sign_in SET content = @content, updated = @now, used = @now "
                + $"WHERE {IsMeant} AND content = @before AND ended IS NULL",
            cancellationToken,
            [.. Values(key), ("before", before), ("content", content), ("now", Now)]
        );

    public Task NoteUseAsync(CredentialKey key, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"UPDATE gateway_sign_in SET used = @now WHERE {IsMeant}",
            cancellationToken,
            [.. Values(key), ("now", Now)]
        );

    /// <summary>Removes a row and returns it; null where there is none. Of two that take it, one gets it.</summary>
    public Task<SignInRow?> TakeAsync(CredentialKey key, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"DELETE FROM gateway_sign_in WHERE {IsMeant} RETURNING {Columns}",
            Read,
            cancellationToken,
            Values(key)
        );

    /// <summary>Ends those that were not used since, and those whose caller's API token has expired.</summary>
    public async Task EndOldAsync(DateTimeOffset unusedSince, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            "UPDATE gateway_sign_in SET ended = @now, why = 'It was not used for long.' "
                + "WHERE ended IS NULL AND COALESCE(used, updated) < @since",
            cancellationToken,
            ("now", Now),
            ("since", unusedSince.ToUnixTimeMilliseconds())
        );
        await database.ExecuteAsync(
            "UPDATE gateway_sign_in SET ended = @now, why = 'The caller''s API token has expired.' "
                + "WHERE ended IS NULL AND holder IN "
                + "(SELECT 'token:' || id FROM gateway_token WHERE expires IS NOT NULL AND expires <= @now)",
            cancellationToken,
            ("now", Now)
        );
    }

    /// <summary>Those that wait for their end at the provider, and why they are ended.</summary>
    public Task<IReadOnlyList<(CredentialKey Key, string Why)>> EndedAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT holder, connector, scheme, profile, why FROM gateway_sign_in WHERE ended IS NOT NULL "
                + "ORDER BY ended LIMIT 100",
            row => (KeyOf(row), row.IsDBNull(4) ? "" : row.GetString(4)),
            cancellationToken
        );

    /// <summary><see cref="TakeAsync"/> of one that is ended.</summary>
    public Task<SignInRow?> TakeEndedAsync(CredentialKey key, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"DELETE FROM gateway_sign_in WHERE {IsMeant} AND ended IS NOT NULL RETURNING {Columns}",
            Read,
            cancellationToken,
            Values(key)
        );

    private static SignInRow Read(DbDataReader row) =>
        new(
            KeyOf(row),
            row.GetString(4),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))
        );

    private static CredentialKey KeyOf(DbDataReader row) =>
        new(row.GetString(1), row.GetString(2))
        {
            Holder = row.GetString(0) is { Length: > 0 } holder ? holder : null,
            Profile = row.GetString(3),
        };

    private static (string, object?)[] Values(CredentialKey key) =>
        [("holder", key.Holder ?? ""), ("connector", key.Connector), ("scheme", key.Scheme), ("profile", key.Profile)];
}

/// <param name="Key">Whose, and for what.</param>
/// <param name="Content">Of <see cref="SignInSeal"/>.</param>
/// <param name="Used">When a call last used it, to a day; null for one that an older gateway kept.</param>
internal sealed record SignInRow(CredentialKey Key, string Content, DateTimeOffset? Used);
