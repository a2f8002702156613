using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>The tickets of links, in the database, so that any replica knows them. Only hashes are there.</summary>
internal sealed class ConnectTickets(Database database, TimeProvider time)
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // A caller that repeats a call gets a new link each time; the newest count.
    private const int MostOfCaller = 20;

    /// <summary>Makes a ticket.</summary>
    /// <returns>Its text, which is kept nowhere.</returns>
    public async Task<string> CreateAsync(
        string caller,
        CredentialKey key,
        string? project,
        CancellationToken cancellationToken
    )
    {
        var text = NewText();
        var now = time.GetUtcNow();
        await database.ExecuteAsync(
            "DELETE FROM gateway_connect_ticket WHERE expires <= @now OR (caller = @caller AND hash NOT IN "
                + "(SELECT hash FROM gateway_connect_ticket WHERE caller = @caller ORDER BY expires DESC LIMIT @most))",
            cancellationToken,
            ("now", now.ToUnixTimeMilliseconds()),
            ("caller", caller),
            ("most", MostOfCaller - 1)
        );
        await database.ExecuteAsync(
            "INSERT INTO gateway_connect_ticket "
                + "(hash, caller, holder, connector, scheme, profile, project, expires, used) "
                + "VALUES (@hash, @caller, @holder, @connector, @scheme, @profile, @project, @expires, 0)",
            cancellationToken,
            ("hash", HashOf(text)),
            ("caller", caller),
            ("holder", key.Holder ?? ""),
            ("connector", key.Connector),
            ("scheme", key.Scheme),
            ("profile", key.Profile),
            ("project", project),
            ("expires", (now + Lifetime).ToUnixTimeMilliseconds())
        );
        return text;
    }

    /// <summary>The ticket that can be used now; null for any other text or hash.</summary>
    public Task<ConnectTicket?> FindAsync(string hash, bool isUsed, CancellationToken cancellationToken) =>
        database.FindAsync(
            "SELECT caller, holder, connector, scheme, profile, project, expires FROM gateway_connect_ticket "
                + "WHERE hash = @hash AND used = @used AND expires > @now",
            row => Read(hash, row),
            cancellationToken,
            ("hash", hash),
            ("used", isUsed ? 1 : 0),
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds())
        );

    /// <summary>Uses a ticket up; false where someone else did, or it has expired.</summary>
    public async Task<bool> UseAsync(ConnectTicket ticket, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "UPDATE gateway_connect_ticket SET used = 1 WHERE hash = @hash AND used = 0 AND expires > @now",
            cancellationToken,
            ("hash", ticket.Hash),
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds())
        ) == 1;

    /// <summary>A text that no one can guess.</summary>
    public static string NewText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ConnectTicket Read(string hash, DbDataReader row) =>
        new(
            hash,
            row.GetString(0),
            new CredentialKey(row.GetString(2), row.GetString(3))
            {
                Holder = row.GetString(1) is { Length: > 0 } holder ? holder : null,
                Profile = row.GetString(4),
            },
            row.IsDBNull(5) ? null : row.GetString(5),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6))
        );
}
