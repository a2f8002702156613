using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.SignIns.Accounts;

/// <summary>
/// <c>/v1/accounts</c>: the accounts that a caller connected, and for those with a right to them the shared ones and
/// those of callers who are gone. Never a token.
/// </summary>
internal static class AccountEndpoints
{
    private const int LongestName = 300;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/v1/accounts").ForCallers();
        accounts.MapGet("", ListAsync);
        accounts.MapDelete("", RemoveAsync);
        accounts.MapPost("/link", LinkAsync);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var asked = AccountQuery.Of(context.Request, "caller", "project", "connector");
        var (caller, store) = (Caller.Of(context), context.RequestServices.GetRequiredService<DatabaseSignInStore>());
        var rows = await asked.FindAsync(
            context.RequestServices.GetRequiredService<SignInTable>(),
            caller,
            context.RequestAborted
        );
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartArray();
            foreach (var row in rows)
            {
                using var signIn = store.Open(row);
                AccountJson.Write(writer, row, signIn);
            }
            writer.WriteEndArray();
        });
    }

    private static async Task RemoveAsync(HttpContext context)
    {
        var asked = AccountQuery
            .Of(context.Request, "caller", "project", "connector", "scheme", "profile", "shared")
            .OfOne();
        var removal = context.RequestServices.GetRequiredService<SignInRemoval>();
        var rows = await asked.FindAsync(
            context.RequestServices.GetRequiredService<SignInTable>(),
            Caller.Of(context),
            context.RequestAborted
        );
        var removed = new List<(CredentialKey Key, string Provider)>();
        foreach (var row in rows)
        {
            if (await removal.EndAsync(row.Key) is { } provider)
                removed.Add((row.Key, provider));
        }
        if (removed.Count == 0)
            throw new ProblemException(
                Problem.NotFound(
                    "There is no such account, or you may not disconnect it. GET shows those that you may."
                )
            );
        foreach (var (key, provider) in removed)
            context.Audit(
                "sign_in.disconnect",
                $"{key.Connector} {key.Scheme}",
                key.Holder is { } holder && holder != Caller.Of(context).Id ? $"Of {holder}. {provider}" : provider,
                key.Project()
            );
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartArray();
            foreach (var (key, provider) in removed)
            {
                writer.WriteStartObject();
                AccountJson.WriteKey(writer, key);
                writer.WriteString("provider"u8, provider);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static async Task LinkAsync(HttpContext context)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("connector", "project", "scheme", "profile", "shared");
        var connector = body.Text("connector", LongestName);
        if (string.IsNullOrEmpty(connector))
            throw new ProblemException(Problem.Invalid("'connector' is missing: the name of a connector."));
        var link = await context
            .RequestServices.GetRequiredService<AccountLinks>()
            .MakeAsync(
                Caller.Of(context),
                new AccountChoice(
                    connector,
                    body.Text("project", LongestName),
                    body.Text("scheme", LongestName),
                    body.Text("profile", LongestName),
                    body.Flag("shared")
                ),
                context.RequestAborted
            );
        context.Audit("sign_in.link", $"{link.Key.Connector} {link.Key.Scheme}", "", link.Key.Project());
        await context.Response.WriteJsonAsync(201, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, link.Path);
            writer.WriteString("expires"u8, link.Expires);
            writer.WriteEndObject();
        });
    }
}
