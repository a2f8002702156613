using System.Data.Common;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Tokens;

/// <summary>API tokens in the database.</summary>
internal sealed class TokenStore(Database database, TimeProvider time)
{
    private const string Columns = "id, name, hash, roles, created, expires, revoked, projects";

    /// <summary>Makes a token; its text is returned here and nowhere else.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="roles">What it may do.</param>
    /// <param name="lifetime">How long it is valid; null for ever.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<(ApiToken Token, string Text)> CreateAsync(
        string name, IReadOnlyList<string> roles, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        CreateAsync(name, roles, [], lifetime, cancellationToken);

    /// <summary>Makes a token that is limited to some projects.</summary>
    public async Task<(ApiToken Token, string Text)> CreateAsync(
        string name, IReadOnlyList<string> roles, IReadOnlyList<string> projects, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var (id, text, hash) = TokenSecret.Create();
        var now = time.GetUtcNow();
        var token = new ApiToken(id, name, hash, roles, now, now + lifetime, null) { Projects = projects };
        await database.ExecuteAsync(
            "INSERT INTO gateway_token (id, name, hash, roles, projects, created, expires) VALUES (@id, @name, @hash, @roles, @projects, @created, @expires)",
            cancellationToken,
            ("id", id),
            ("name", name),
            ("hash", hash),
            ("roles", string.Join(' ', roles)),
            ("projects", string.Join(' ', projects)),
            ("created", token.Created.ToUnixTimeMilliseconds()),
            ("expires", token.Expires?.ToUnixTimeMilliseconds()));
        return (token, text);
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        database.QueryAsync($"SELECT {Columns} FROM gateway_token ORDER BY created DESC, id LIMIT 1000", Read, cancellationToken);

    /// <summary>Those of some ids that exist, in any order.</summary>
    public Task<IReadOnlyList<ApiToken>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var parameters = ids.Select((id, i) => ($"id{i}", (object?)id)).ToArray();
        var names = string.Join(", ", parameters.Select(parameter => "@" + parameter.Item1));
        return database.QueryAsync($"SELECT {Columns} FROM gateway_token WHERE id IN ({names})", Read, cancellationToken, parameters);
    }

    /// <summary>Some token could be used now.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            "SELECT id FROM gateway_token WHERE revoked IS NULL AND (expires IS NULL OR expires > @now) LIMIT 1",
            reader => reader.GetString(0),
            cancellationToken,
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        return found.Count > 0;
    }

    /// <summary>False when there is no such token or it was revoked before.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "UPDATE gateway_token SET revoked = @now WHERE id = @id AND revoked IS NULL",
            cancellationToken,
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds()),
            ("id", id)) == 1;

    private static ApiToken Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)))
    {
        Projects = row.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };
}
