using System.Text.Json;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Tokens;

/// <summary><c>/v1/tokens</c>: make, list and revoke API tokens.</summary>
internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/v1/tokens").Require(Rights.Tokens, Reach.Any);
        tokens.MapGet("", ListAsync);
        tokens.MapPost("", CreateAsync);
        tokens.MapDelete("/{id}", RevokeAsync);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var tokens = (
            await context.RequestServices.GetRequiredService<TokenStore>().ListAsync(context.RequestAborted)
        ).Where(token => MayManage(context, token));
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tokens"u8);
            foreach (var token in tokens)
                Write(writer, token, text: null);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task CreateAsync(HttpContext context)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("name", "roles", "projects", "days", "noExpiry");
        var days = body.Whole("days", 1, TokenRequest.MostDays);
        var hasExpiry = body.Flag("noExpiry") != true;
        if (!hasExpiry && days is not null)
            throw new ProblemException(
                Problem.Invalid("'days' and 'noExpiry' contradict each other; send one of them.")
            );
        var request = new TokenRequest(
            body.Text("name", TokenRequest.LongestName) ?? "",
            body.Texts("roles") ?? [],
            hasExpiry ? days ?? TokenRequest.DefaultDays : null,
            body.Texts("projects") ?? []
        );
        if (request.Fault(context.RequestServices.GetRequiredService<RoleBook>()) is { } fault)
            throw new ProblemException(Problem.Invalid(fault));
        RefuseMoreThanHeld(context, request);
        var (token, text) = await context
            .RequestServices.GetRequiredService<TokenStore>()
            .CreateAsync(request.Name, request.Roles, request.Projects, request.Lifetime, context.RequestAborted);
        context.Audit("token.create", token.Id, token.Summary);
        await context.Response.WriteJsonAsync(201, writer => Write(writer, token, text));
    }

    private static async Task RevokeAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var store = context.RequestServices.GetRequiredService<TokenStore>();
        if (
            await store.FindAsync([id], context.RequestAborted) is not [var token]
            || !MayManage(context, token)
            || !await store.RevokeAsync(id, context.RequestAborted)
        )
            throw new ProblemException(Problem.NotFound("The token does not exist, or was already revoked."));
        await context.RequestServices.GetRequiredService<TokenVerifier>().RefuseAsync(id, CancellationToken.None);
        context.Audit("token.revoke", id, token.Summary);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // A token that can do more than the caller is none of its business: neither to see nor to revoke.
    private static bool MayManage(HttpContext context, ApiToken token) =>
        Caller
            .Of(context)
            .Covers(context.RequestServices.GetRequiredService<RoleBook>().Find(token.Roles, token.Projects));

    private static void RefuseMoreThanHeld(HttpContext context, TokenRequest request)
    {
        var book = context.RequestServices.GetRequiredService<RoleBook>();
        if (request.Roles.FirstOrDefault(role => !IsCovered(role)) is not { } refused)
            return;
        var allowed = book.Names.Where(IsCovered).ToList();
        throw new ProblemException(
            Problem.InsufficientScope(
                $"The role '{refused}' grants more than you hold. "
                    + (
                        allowed.Count > 0
                            ? $"Roles that you can grant for these projects: {string.Join(", ", allowed)}. "
                            : ""
                    )
                    + "A token with 'projects' grants nothing outside of them."
            )
        );

        bool IsCovered(string role) => Caller.Of(context).Covers(book.Find([role], request.Projects));
    }

    private static void Write(Utf8JsonWriter writer, ApiToken token, string? text)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, token.Id);
        writer.WriteString("name"u8, token.Name);
        writer.WriteStartArray("roles"u8);
        foreach (var role in token.Roles)
            writer.WriteStringValue(role);
        writer.WriteEndArray();
        if (token.Projects.Count > 0)
        {
            writer.WriteStartArray("projects"u8);
            foreach (var pattern in token.Projects)
                writer.WriteStringValue(pattern);
            writer.WriteEndArray();
        }
        writer.WriteString("created"u8, token.Created);
        if (token.Expires is { } expires)
            writer.WriteString("expires"u8, expires);
        if (token.Revoked is { } revoked)
            writer.WriteString("revoked"u8, revoked);
        if (text is not null)
            writer.WriteString("token"u8, text);
        writer.WriteEndObject();
    }
}
