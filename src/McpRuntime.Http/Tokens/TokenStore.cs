using System.Data.Common;
using System.Globalization;
using McpRuntime.Http.Access;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Tokens;

/// <summary>API tokens in the database.</summary>
internal sealed class TokenStore(Database database, TimeProvider time)
{
    private const string Columns = "id, name, hash, roles, created, expires, revoked, projects";
    private const string Insert =
        "INSERT INTO gateway_token (id, name, hash, roles, projects, created, expires) "
        + "VALUES (@id, @name, @hash, @roles, @projects, @created, @expires)";

    private const string IsUsable = "revoked IS NULL AND (expires IS NULL OR expires > @now)";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes a token; its text is returned here and nowhere else.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="roles">What it may do.</param>
    /// <param name="lifetime">How long it is valid; null for ever.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<(ApiToken Token, string Text)> CreateAsync(
        string name,
        IReadOnlyList<string> roles,
        TimeSpan? lifetime,
        CancellationToken cancellationToken
    ) => CreateAsync(name, roles, [], lifetime, cancellationToken);

    /// <summary>Makes a token that is limited to some projects.</summary>
    public async Task<(ApiToken Token, string Text)> CreateAsync(
        string name,
        IReadOnlyList<string> roles,
        IReadOnlyList<string> projects,
        TimeSpan? lifetime,
        CancellationToken cancellationToken
    )
    {
        var (token, text) = Make(name, roles, projects, lifetime);
        await database.ExecuteAsync(Insert, cancellationToken, Values(token));
        return (token, text);
    }

    /// <summary>
    /// Makes a token where no other could be used now, once in all gateways of the database; null where one could.
    /// </summary>
    public async Task<(ApiToken Token, string Text)?> CreateFirstAsync(
        string name,
        string role,
        CancellationToken cancellationToken
    )
    {
        var (token, text) = Make(name, [role], [], lifetime: null);
        var isMade = false;
        await database.TransactAloneAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = $"SELECT COUNT(*) FROM gateway_token WHERE {IsUsable}";
                command.Add("now", Now);
                if (
                    Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)
                    > 0
                )
                    return;
                command.CommandText = Insert;
                command.Parameters.Clear();
                foreach (var (parameter, value) in Values(token))
                    command.Add(parameter, value);
                await command.ExecuteNonQueryAsync(cancellationToken);
                isMade = true;
            },
            cancellationToken
        );
        return isMade ? (token, text) : null;
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"SELECT {Columns} FROM gateway_token ORDER BY created DESC, id LIMIT 1000",
            Read,
            cancellationToken
        );

    /// <summary>Those of some ids that exist, in any order.</summary>
    public Task<IReadOnlyList<ApiToken>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var parameters = ids.Select((id, i) => ($"id{i}", (object?)id)).ToArray();
        var names = string.Join(", ", parameters.Select(parameter => "@" + parameter.Item1));
        return database.QueryAsync(
            $"SELECT {Columns} FROM gateway_token WHERE id IN ({names})",
            Read,
            cancellationToken,
            parameters
        );
    }

    /// <summary>
    /// Revokes a token and ends the sign-ins of its caller; false when there is no such token or it was revoked
    /// before.
    /// </summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var isRevoked = false;
        await database.TransactAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "UPDATE gateway_token SET revoked = @now WHERE id = @id AND revoked IS NULL";
                command.Add("now", Now);
                command.Add("id", id);
                isRevoked = await command.ExecuteNonQueryAsync(cancellationToken) == 1;
                // They count for no call from now on; the gateway ends them at their providers afterwards.
                command.CommandText =
                    "UPDATE gateway_sign_in SET ended = @now, why = 'The caller''s API token was revoked.' "
                    + "WHERE holder = @holder AND ended IS NULL";
                command.Parameters.Clear();
                command.Add("now", Now);
                command.Add("holder", ApiToken.CallerIdOf(id));
                await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken
        );
        return isRevoked;
    }

    private (ApiToken Token, string Text) Make(
        string name,
        IReadOnlyList<string> roles,
        IReadOnlyList<string> projects,
        TimeSpan? lifetime
    )
    {
        var (id, text, hash) = TokenSecret.Create();
        var now = time.GetUtcNow();
        return (new ApiToken(id, name, hash, roles, now, now + lifetime, null) { Projects = projects }, text);
    }

    private static (string Name, object? Value)[] Values(ApiToken token) =>
        [
            ("id", token.Id),
            ("name", token.Name),
            ("hash", token.Hash),
            ("roles", string.Join(' ', token.Roles)),
            ("projects", string.Join(' ', token.Projects)),
            ("created", token.Created.ToUnixTimeMilliseconds()),
            ("expires", token.Expires?.ToUnixTimeMilliseconds()),
        ];

    private static ApiToken Read(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6))
        )
        {
            Projects = row.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
}
