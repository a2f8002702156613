using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Guards;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Network;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// <c>/v1/credentials</c>: what the connectors need, and what is set. Values go in and never come out.
/// </summary>
internal sealed class CredentialEndpoints(
    CredentialStates states,
    CredentialTable table,
    KnownCredentials known,
    CredentialSeal seal,
    CredentialTest test,
    TimeProvider time
)
{
    private const string NoKeyRing =
        "The gateway has no key to encrypt credentials with. Write at least 32 random bytes to a file, e.g. with "
        + "'openssl rand -base64 48', set MCP_RUNTIME_KEY_RING_KEY_FILE to its path, and restart the gateway.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/credentials").WithMetadata(HasEntityTag.Marker);
        group.MapGet("", context => Of(context).ListAsync(context)).Require(Rights.Credentials, Reach.Any);
        group.MapPut("/{scheme}", context => Of(context).SetAsync(context)).Require(Rights.Credentials, Reach.Any);
        group
            .MapDelete("/{scheme}", context => Of(context).RemoveAsync(context))
            .Require(Rights.Credentials, Reach.Any);
        group
            .MapPost("/{scheme}/confirm", context => Of(context).ConfirmAsync(context))
            .Require(Rights.Credentials, Reach.Any);
        group
            .MapPost("/{scheme}/test", context => Of(context).TestAsync(context))
            .Require(Rights.Credentials, Reach.Any);
    }

    private static CredentialEndpoints Of(HttpContext context) =>
        context.RequestServices.GetRequiredService<CredentialEndpoints>();

    private async Task ListAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var only = context.Request.Query["project"].ToString();
        if (only.Length > 0)
            CheckRight(context, only);
        var listed = await states.ListAsync(
            project => caller.Holds(Rights.Credentials, project) && (only.Length == 0 || only == project),
            context.RequestAborted
        );
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("keyRing"u8, seal.IsConfigured);
            writer.WriteString("howToKeyRing"u8, seal.IsConfigured ? null : NoKeyRing);
            writer.WriteStartArray("credentials"u8);
            foreach (var state in listed)
                CredentialJson.Write(writer, state);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async Task SetAsync(HttpContext context)
    {
        var state = await OfRouteAsync(context);
        CheckKeyRing();
        Preconditions.Check(context.Request, state.ETag, mustMatch: true);
        using var body = await CredentialBody.ReadAsync(context.Request);
        var fields = body.Fields
            ?? throw new ProblemException(Problem.Invalid("The body needs 'fields', e.g. {\"value\": \"…\"}."));
        CredentialCheck.CheckFields(state.Target, fields);
        CredentialCheck.CheckOrigins(state.Target, body.Origins);
        using var content = FieldsJson.Write(fields);
        var row = new CredentialRow(
            seal.Close(state.Slot, CredentialBinding.Of(state.Target, body.Origins!), content),
            NewStamp(),
            Caller.Of(context).Id,
            time.GetUtcNow()
        );
        await WriteAsync(state, row, context.RequestAborted);
        Note(
            context,
            "credential.set",
            state.Slot,
            $"{string.Join(", ", fields.Keys.Select(CredentialName.Of))}; for {string.Join(", ", body.Origins!)}"
        );
        await AnswerAsync(context, state.Slot);
    }

    private async Task ConfirmAsync(HttpContext context)
    {
        var state = await OfRouteAsync(context);
        CheckKeyRing();
        Preconditions.Check(context.Request, state.ETag, mustMatch: true);
        using var body = await CredentialBody.ReadAsync(context.Request);
        if (body.Fields is not null)
            throw new ProblemException(Problem.Invalid("The body takes 'origins'; values are set with PUT."));
        if (state is not { Row: { } row, Binding: { } before })
            throw new ProblemException(
                Problem.Conflict(
                    "Nothing that was set through the gateway is there to confirm. A credential of variables or files "
                        + $"is approved for an origin by {state.NameOf(CredentialField.Origins)}."
                )
            );
        CredentialCheck.CheckOrigins(state.Target, body.Origins);
        var (_, content) = seal.Open(state.Slot, row.Content);
        using (content)
        {
            var confirmed = CredentialBinding.Of(state.Target, body.Origins!);
            await WriteAsync(
                state,
                row with
                {
                    Content = seal.Close(state.Slot, confirmed, content),
                    Stamp = NewStamp(),
                },
                context.RequestAborted
            );
            Note(
                context,
                "credential.confirm",
                state.Slot,
                Change.Of(
                    Change.List("origins", Texts(before.Origins), Texts(confirmed.Origins)),
                    Change.List("urls", before.Urls, confirmed.Urls),
                    Change.List("scopes", before.Scopes, confirmed.Scopes),
                    Change.Value("type", before.Kind, confirmed.Kind)
                )
            );
        }
        await AnswerAsync(context, state.Slot);
    }

    private async Task RemoveAsync(HttpContext context)
    {
        var state = await OfRouteAsync(context);
        Preconditions.Check(context.Request, state.ETag, mustMatch: true);
        if (state.Row is null)
            throw new ProblemException(
                Problem.NotFound(
                    state.Source is null
                        ? $"The credential '{state.Slot.Scheme}' of '{state.Slot.Identity}' is not set."
                        : $"The credential '{state.Slot.Scheme}' of '{state.Slot.Identity}' was not set through the "
                            + $"gateway; it comes from: {state.Source}."
                )
            );
        if (!await table.RemoveAsync(state.Slot, state.Row.Stamp, context.RequestAborted))
            throw Changed();
        await known.ChangedAsync(state.Slot, context.RequestAborted);
        Note(context, "credential.remove", state.Slot, "");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TestAsync(HttpContext context)
    {
        var state = await OfRouteAsync(context);
        if (state.State != CredentialState.Set)
            throw new ProblemException(
                Problem.Conflict(
                    $"The credential '{state.Slot.Scheme}' of '{state.Slot.Identity}' is not ready: {state.State}. "
                        + $"{state.Problem} Nothing was sent."
                )
            );
        var result = await test.RunAsync(context, state);
        Note(context, "credential.test", state.Slot, result.Message);
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok"u8, result.IsAccepted);
            if (result.Status is { } status)
                writer.WriteNumber("status"u8, status);
            else
                writer.WriteNull("status"u8);
            writer.WriteString("message"u8, result.Message);
            writer.WriteEndObject();
        });
    }

    // The right comes first: what there is in other projects is not said.
    private async Task<CredentialState> OfRouteAsync(HttpContext context)
    {
        var connector = context.Request.Query["connector"].ToString();
        if (!Manifests.ConnectorName.IsValid(connector))
            throw new ProblemException(
                Problem.Invalid("The query needs 'connector', the name of a connector, and 'project' for a project's.")
            );
        var project = context.Request.Query["project"].ToString() is { Length: > 0 } named ? named : null;
        if (project is not null && !Project.IsName(project))
            throw new ProblemException(Problem.Invalid("'project' in the query is not the name of a project."));
        CheckRight(context, project);
        var scheme = ((string)context.Request.RouteValues["scheme"]!).Replace(
            "%2F",
            "/",
            StringComparison.OrdinalIgnoreCase
        );
        var slot = new CredentialSlot(project, connector, scheme);
        return await states.FindAsync(slot, context.RequestAborted)
            ?? throw new ProblemException(
                Problem.NotFound(
                    $"There is no connector '{UntrustedText.Clean(slot.Identity)}' that needs a credential "
                        + $"'{UntrustedText.Clean(scheme)}'."
                )
            );
    }

    private static void CheckRight(HttpContext context, string? project)
    {
        if (!Caller.Of(context).Holds(Rights.Credentials, project))
            throw new ProblemException(
                Problem.InsufficientScope(
                    project is null
                        ? "The right 'credentials' is needed for the whole gateway, in a role without 'projects'."
                        : "The right 'credentials' is needed for this project."
                )
            );
    }

    private void CheckKeyRing()
    {
        if (!seal.IsConfigured)
            throw new ProblemException(new(409, "no-key-ring", "The gateway has no key ring", NoKeyRing));
    }

    private async Task WriteAsync(CredentialState state, CredentialRow row, CancellationToken cancellationToken)
    {
        if (!await table.SetAsync(state.Slot, row, state.Row?.Stamp, cancellationToken))
            throw Changed();
        await known.ChangedAsync(state.Slot, cancellationToken);
    }

    private async Task AnswerAsync(HttpContext context, CredentialSlot slot)
    {
        var state = await states.FindAsync(slot, context.RequestAborted) ?? throw Changed();
        context.Response.Headers.ETag = state.ETag;
        await context.Response.WriteJsonAsync(200, writer => CredentialJson.Write(writer, state));
    }

    private static void Note(HttpContext context, string action, CredentialSlot slot, string detail) =>
        context.Audit(action, $"{slot.Identity}:{slot.Scheme}", detail, slot.Project);

    private static ProblemException Changed() =>
        new(new(412, "changed", "The condition is not met", "Someone changed it meanwhile. Read it again and repeat."));

    private static List<string> Texts(IReadOnlyList<Origin> origins) =>
        [.. origins.Select(origin => origin.ToString())];

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
