using System.CommandLine;
using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Hosting;

/// <summary><c>token create|list|revoke</c>: works on the database alone, whether the gateway runs or not.</summary>
internal static class TokenCommands
{
    /// <param name="parts">Reads the settings; called when a command runs.</param>
    public static Command Build(Func<GatewayParts> parts)
    {
        var name = new Option<string>("--name") { Description = "Name of the token.", Required = true };
        var roles = new Option<string[]>("--role")
        {
            Description = "Role of the token, repeatable: admin, user, reader or one of MCP_RUNTIME_ROLES_FILE.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "ROLE",
            CompletionSources = { CompletionCommand.Roles(parts) },
        };
        var projects = new Option<string[]>("--project")
        {
            Description =
                "Limits the token to a project, repeatable; * and ? are wildcards. Default: all projects of its roles.",
            AllowMultipleArgumentsPerToken = true,
        };
        var days = new Option<int?>("--days")
        {
            Description =
                $"Days until the token expires, up to {TokenRequest.MostDays}. Default: {TokenRequest.DefaultDays}.",
            DefaultValueFactory = _ => TokenRequest.DefaultDays,
        };
        var forEver = new Option<bool>("--no-expiry") { Description = "The token does not expire." };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > TokenRequest.MostDays)
                result.AddError($"--days takes a number from 1 to {TokenRequest.MostDays}.");
        });
        var create = new Command("create", "Creates a token and shows it once.")
        {
            name,
            roles,
            projects,
            days,
            forEver,
        };
        create.SetAction(
            (parsed, cancellationToken) =>
                WithAsync(
                    parts(),
                    async (store, book, desk) =>
                    {
                        var request = new TokenRequest(
                            UntrustedText.Clean(parsed.GetValue(name)),
                            parsed.GetValue(roles)!,
                            parsed.GetValue(forEver) ? null : parsed.GetValue(days),
                            parsed.GetValue(projects) ?? []
                        );
                        if (request.Fault(book) is { } fault)
                            throw new McpRuntimeException(fault);
                        var (token, text) = await store.CreateAsync(
                            request.Name,
                            request.Roles,
                            request.Projects,
                            request.Lifetime,
                            cancellationToken
                        );
                        await desk.AuditAsync("token.create", token, cancellationToken);
                        await Console.Error.WriteLineAsync(
                            $"Token {token.Id} ({token.Grants}), valid until {Until(token)}. It is not shown again:"
                        );
                        await Console.Out.WriteLineAsync(text);
                    },
                    cancellationToken
                )
        );

        var list = new Command("list", "Lists the tokens, newest first.");
        list.SetAction(
            (_, cancellationToken) =>
                WithAsync(
                    parts(),
                    async (store, _, desk) =>
                    {
                        foreach (var token in await store.ListAsync(cancellationToken))
                        {
                            var state = token.Revoked is null ? "valid until " + Until(token) : "revoked";
                            await Console.Out.WriteLineAsync($"{token.Id}  {state}  {token.Grants}  {token.Name}");
                        }
                    },
                    cancellationToken
                )
        );

        var id = new Argument<string>("id") { Description = "The token's id, as 'token list' shows it." };
        var revoke = new Command("revoke", "Revokes a token; a running gateway refuses it within two seconds.") { id };
        revoke.SetAction(
            (parsed, cancellationToken) =>
                WithAsync(
                    parts(),
                    async (store, _, desk) =>
                    {
                        if (
                            await store.FindAsync([parsed.GetValue(id)!], cancellationToken) is not [var token]
                            || !await store.RevokeAsync(token.Id, cancellationToken)
                        )
                            throw new McpRuntimeException(
                                $"There is no token '{UntrustedText.Clean(parsed.GetValue(id))}' to revoke; "
                                    + $"'token list' shows the tokens."
                            );
                        await desk.TellAsync(token.Id, cancellationToken);
                        await desk.AuditAsync("token.revoke", token, cancellationToken);
                    },
                    cancellationToken
                )
        );

        return new Command("token", "API tokens of the gateway.") { create, list, revoke };
    }

    private static async Task<int> WithAsync(
        GatewayParts parts,
        Func<TokenStore, RoleBook, Desk, Task> work,
        CancellationToken cancellationToken
    )
    {
        var book = RoleBook.Of(parts.Gateway.RolesFile);
        await using var database = Database.Open(parts.Gateway.Database);
        await Migrations.ApplyAsync(database, cancellationToken);
        await work(new TokenStore(database, parts.Time), book, new Desk(database, parts.Time));
        return 0;
    }

    private static string Until(ApiToken token) =>
        token.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "revoked";

    /// <summary>What is noted and told of a change.</summary>
    private sealed class Desk(Database database, TimeProvider time)
    {
        private readonly AuditStore _audit = new(database);
        private readonly MessageTable _messages = new(database, time);

        // Anyone who can run the command owns the database, so the account is all there is to name.
        public Task AuditAsync(string action, ApiToken token, CancellationToken cancellationToken)
        {
            var entry = new AuditEntry(
                time.GetUtcNow(),
                $"cli:{Environment.UserName}",
                action,
                token.Id,
                "ok",
                TimeSpan.Zero,
                "",
                ""
            )
            {
                Detail = token.Summary,
            };
            return _audit.InsertAsync([entry.Storable()], cancellationToken);
        }

        /// <summary>A gateway with SQLite looks itself.</summary>
        public Task TellAsync(string revoked, CancellationToken cancellationToken) =>
            _messages.IsShared
                ? _messages.AddAsync("", ReplicaTopics.Tokens, revoked, cancellationToken)
                : Task.CompletedTask;
    }
}
