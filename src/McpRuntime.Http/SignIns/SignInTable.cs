using McpRuntime.Credentials;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.SignIns;

/// <summary>The rows of sign-ins, whose content only <see cref="SignInSeal"/> reads.</summary>
internal sealed class SignInTable(Database database, TimeProvider time)
{
    private const string IsMeant =
        "holder = @holder AND connector = @connector AND scheme = @scheme AND profile = @profile";

    /// <summary>Null where there is none.</summary>
    public Task<string?> FindAsync(CredentialKey key, CancellationToken cancellationToken) =>
        database.FindAsync(
            $"SELECT content FROM gateway_sign_in WHERE {IsMeant}",
            row => row.GetString(0),
            cancellationToken,
            Values(key)
        );

    public Task SetAsync(CredentialKey key, string content, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "INSERT INTO gateway_sign_in (holder, connector, scheme, profile, content, updated) "
                + "VALUES (@holder, @connector, @scheme, @profile, @content, @now) "
                + "ON CONFLICT (holder, connector, scheme, profile) "
                + "DO UPDATE SET content = excluded.content, updated = excluded.updated",
            cancellationToken,
            [.. Values(key), ("content", content), ("now", time.GetUtcNow().ToUnixTimeMilliseconds())]
        );

    public Task RemoveAsync(CredentialKey key, CancellationToken cancellationToken) =>
        database.ExecuteAsync($"DELETE FROM gateway_sign_in WHERE {IsMeant}", cancellationToken, Values(key));

    private static (string, object?)[] Values(CredentialKey key) =>
        [("holder", key.Holder ?? ""), ("connector", key.Connector), ("scheme", key.Scheme), ("profile", key.Profile)];
}
