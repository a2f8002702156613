using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Http.Access;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// Tickets for WebSockets: a browser cannot send a token when it opens one, and a token in a URL ends up in logs. A
/// ticket opens one socket, once, within <see cref="Lifetime"/>, at whichever replica the balancer chooses: what it
/// stands for is in the database, and of the ticket itself only its hash.
/// </summary>
internal sealed class Tickets(Database database, TokenVerifier tokens, RoleBook roles, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private const int MostOfCaller = 1000;

    /// <summary>Makes a ticket for a caller; null when too many of its own are open.</summary>
    public async Task<string?> CreateAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        await database.ExecuteAsync(
            "DELETE FROM gateway_live_ticket WHERE expires <= @now",
            cancellationToken,
            ("now", now.ToUnixTimeMilliseconds())
        );
        var made = await database.ExecuteAsync(
            "INSERT INTO gateway_live_ticket (hash, kind, caller, name, token, roles, ends, expires) "
                + "SELECT @hash, @kind, @caller, @name, @token, @roles, @ends, @expires "
                + "WHERE (SELECT COUNT(*) FROM gateway_live_ticket WHERE caller = @caller) < @most",
            cancellationToken,
            ("hash", HashOf(text)),
            ("kind", (int)caller.Kind),
            ("caller", caller.Id),
            ("name", caller.Name),
            ("token", caller.Token?.Id),
            ("roles", string.Join(' ', caller.RoleNames)),
            ("ends", caller.Expires?.ToUnixTimeMilliseconds()),
            ("expires", (now + Lifetime).ToUnixTimeMilliseconds()),
            ("most", MostOfCaller)
        );
        return made == 1 ? text : null;
    }

    /// <summary>Uses a ticket up; null for one that is unknown, used or too old, or whose token was revoked.</summary>
    public async Task<Caller?> TakeAsync(string ticket, HttpContext context)
    {
        var taken = await database.FindAsync(
            "DELETE FROM gateway_live_ticket WHERE hash = @hash AND expires > @now "
                + "RETURNING kind, caller, name, token, roles, ends",
            Read,
            context.RequestAborted,
            ("hash", HashOf(ticket)),
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds())
        );
        if (taken is null)
            return null;
        if (taken.Token is null)
            return Of(taken, taken.Kind == CallerKind.Local ? Caller.LocalRoles : roles.Find(taken.Roles), context);
        return await tokens.FindAsync(taken.Token, context.RequestAborted) is { } token
            ? Of(taken, roles.Find(token.Roles, token.Projects), context, token)
            : null;
    }

    private static Caller Of(Ticket ticket, IReadOnlyList<Role> roles, HttpContext context, ApiToken? token = null) =>
        new(ticket.Kind, ticket.Caller, roles, context)
        {
            Name = ticket.Name,
            Token = token,
            Expires = ticket.Ends,
        };

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Ticket Read(DbDataReader row) =>
        new(
            (CallerKind)row.GetInt32(0),
            row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(3) ? null : row.GetString(3),
            row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))
        );

    private sealed record Ticket(
        CallerKind Kind,
        string Caller,
        string? Name,
        string? Token,
        IReadOnlyList<string> Roles,
        DateTimeOffset? Ends
    );
}
