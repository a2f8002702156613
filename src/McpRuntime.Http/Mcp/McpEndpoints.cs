using System.Text.Json.Nodes;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// MCP over Streamable HTTP: revisions up to 2025-11-25 with sessions and 2026-07-28 without, at the same URLs. What a
/// client speaks is told by the header of each request.
/// </summary>
internal sealed class McpEndpoints(
    McpScopes scopes,
    SessionTable sessions,
    OpenStreams streams,
    GatewaySettings settings,
    TimeProvider time,
    ILoggerFactory loggers,
    IHostApplicationLifetime lifetime)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var endpoints = routes.ServiceProvider.GetRequiredService<McpEndpoints>();
        foreach (var path in new[] { "/mcp", "/mcp/{**connector}", "/projects/{project}/mcp" })
        {
            routes.MapPost(path, endpoints.PostAsync).ForCallers().WithMetadata(new OpenOnLoopback());
            routes.MapGet(path, endpoints.GetAsync).ForCallers().WithMetadata(new OpenOnLoopback());
            routes.MapDelete(path, endpoints.DeleteAsync).ForCallers().WithMetadata(new OpenOnLoopback());
        }
    }

    private async Task PostAsync(HttpContext context)
    {
        var scope = await ScopeOfAsync(context);
        if (!Accepts(context.Request, "application/json") || !Accepts(context.Request, "text/event-stream"))
        {
            await new McpFault(406, McpErrorCode.InvalidRequest, "Accept must list application/json and text/event-stream.")
                .WriteAsync(context, default);
            return;
        }
        var (message, malformed) = await MessageReader.ReadAsync(context);
        if (message is null)
        {
            await McpFault.Bad(malformed!.Code, malformed.Message).WriteAsync(context, malformed.Id);
            return;
        }
        var id = message is JsonRpcRequest called ? called.Id : default;
        var fault = HeaderRules.Revision(context.Request)
            ?? HeaderRules.Message(context.Request, message)
            ?? Parameters(context, scope, message);
        if (fault is null)
        {
            fault = HeaderRules.IsPerRequest(context.Request)
                ? await WithoutSessionAsync(context, scope, message)
                : await WithSessionAsync(context, scope, message);
        }
        if (fault is not null)
            await fault.WriteAsync(context, id);
    }

    private async Task<McpFault?> WithoutSessionAsync(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        // Closing the connection is how this revision cancels over HTTP; other notifications say nothing to a server
        // without sessions, and responses belong to the request that asks again.
        if (message is not JsonRpcRequest request)
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        else if (request.Method == RequestMethods.SubscriptionsListen)
            return await SubscribeAsync(context, scope, request);
        else if (!await DirectAnswer.TryAsync(context, scope, request, ProtocolEra.PerRequest, context.RequestAborted))
            await scope.Shared.HandleAsync(context, request, context.RequestAborted);
        return null;
    }

    private async Task<McpFault?> SubscribeAsync(HttpContext context, McpScope scope, JsonRpcRequest request)
    {
        using var stream = streams.Open(Caller.Of(context));
        if (stream is null)
            return TooManyStreams;
        // A subscription would hold up a stop for ever; calls may finish.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, stream.Ending);
        await scope.Shared.HandleAsync(context, request, gone.Token);
        return null;
    }

    private McpFault TooManyStreams => new(
        429, McpErrorCode.InvalidRequest,
        $"This caller has {settings.MaxSessionsPerCaller} streams open, as many as MCP_RUNTIME_MAX_SESSIONS_PER_CALLER allows; close some.");

    private async Task<McpFault?> WithSessionAsync(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        if (settings.Stateless)
        {
            await HandleStatelessAsync(context, scope, message);
            return null;
        }
        McpSession? session;
        var sessionId = context.Request.Headers[McpHeaders.SessionId].ToString();
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize } initialize && sessionId.Length == 0)
        {
            session = await sessions.CreateAsync(scope, Caller.Of(context), RevisionOf(initialize));
            if (session is null)
                return TooManySessions(Caller.Of(context));
        }
        else if (sessionId.Length == 0)
        {
            return McpFault.Bad(McpErrorCode.InvalidRequest, $"The header {McpHeaders.SessionId} is missing; begin with initialize.");
        }
        else if ((session = sessions.Find(sessionId, scope, Caller.Of(context))) is null)
        {
            return McpFault.NoSession;
        }
        context.Response.Headers[McpHeaders.SessionId] = session.SessionId;
        session.Enter();
        try
        {
            await session.HandleAsync(context, message);
        }
        finally
        {
            session.Leave(time.GetTimestamp());
        }
        return null;
    }

    private McpFault TooManySessions(Caller caller) => sessions.CountOf(caller) >= settings.MaxSessionsPerCaller
        ? new(429, McpErrorCode.InvalidRequest,
            $"This caller has {settings.MaxSessionsPerCaller} sessions with an open request or stream, as many as MCP_RUNTIME_MAX_SESSIONS_PER_CALLER allows; end some.")
        : new(503, McpErrorCode.InternalError, "There are too many sessions; try again later.");

    // A server for one request; it can neither ask the client anything nor tell it of changes.
    private async Task HandleStatelessAsync(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        if (message is JsonRpcRequest request
            && await DirectAnswer.TryAsync(context, scope, request, request.Context!.ProtocolVersion, context.RequestAborted))
            return;
        await using var session = new McpSession("", Caller.Of(context).Id, scope, revision: null, loggers, time.GetTimestamp());
        await session.HandleAsync(context, message);
    }

    private async Task GetAsync(HttpContext context)
    {
        var scope = await ScopeOfAsync(context);
        if (await RefuseAsync(context, "GET"))
            return;
        if (!Accepts(context.Request, "text/event-stream"))
        {
            await new McpFault(406, McpErrorCode.InvalidRequest, "Accept must list text/event-stream.").WriteAsync(context, default);
            return;
        }
        if (sessions.Find(context.Request.Headers[McpHeaders.SessionId].ToString(), scope, Caller.Of(context)) is not { } session)
        {
            await McpFault.NoSession.WriteAsync(context, default);
            return;
        }
        using var open = streams.Open(Caller.Of(context));
        if (open is null)
        {
            await TooManyStreams.WriteAsync(context, default);
            return;
        }
        // Streams would hold up a stop for ever, and there is nothing to wait for.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping, session.Ending, open.Ending);
        session.Enter();
        try
        {
            await StreamAsync(context, session, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The usual end of a stream.
        }
        finally
        {
            session.Leave(time.GetTimestamp());
        }
    }

    private static async Task StreamAsync(HttpContext context, McpSession session, CancellationToken gone)
    {
        var last = context.Request.Headers[McpHeaders.LastEventId].ToString();
        context.Response.Headers[McpHeaders.SessionId] = session.SessionId;
        if (last.Length == 0)
        {
            EventWriter.Start(context);
            await session.ListenAsync(context.Response, gone);
        }
        else if (EventStream.Parse(last) is { } place && session.FindStream(place.Stream) is { } stream)
        {
            EventWriter.Start(context);
            await stream.ResumeAsync(context.Response, place.Number, gone);
        }
        else
        {
            await McpFault.Bad(McpErrorCode.InvalidRequest, $"{McpHeaders.LastEventId} names no event that is kept in this session.")
                .WriteAsync(context, default);
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var scope = await ScopeOfAsync(context);
        if (await RefuseAsync(context, "DELETE"))
            return;
        if (sessions.Find(context.Request.Headers[McpHeaders.SessionId].ToString(), scope, Caller.Of(context)) is not { } session)
        {
            await McpFault.NoSession.WriteAsync(context, default);
            return;
        }
        await sessions.EndAsync(session);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<bool> RefuseAsync(HttpContext context, string method)
    {
        var fault = HeaderRules.Revision(context.Request);
        if (fault is null && (settings.Stateless || HeaderRules.IsPerRequest(context.Request)))
        {
            context.Response.Headers.Allow = "POST";
            fault = new McpFault(405, McpErrorCode.InvalidRequest, $"{method} belongs to sessions, which there are none of here; use POST.");
        }
        if (fault is null)
            return false;
        await fault.WriteAsync(context, default);
        return true;
    }

    private async ValueTask<McpScope> ScopeOfAsync(HttpContext context)
    {
        var (project, connector) = (context.Request.RouteValues["project"] as string, context.Request.RouteValues["connector"] as string);
        return await scopes.FindAsync(project, connector, Caller.Of(context), context.RequestAborted)
            ?? throw new ProblemException(Problem.NotFound("There is no such MCP endpoint, or none for this caller.") with
            {
                IsRefusal = scopes.Has(project, connector),
            });
    }

    private static McpFault? Parameters(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject parameters }
            || !HeaderRules.IsPerRequest(context.Request)
            || parameters["name"] is not JsonValue value || !value.TryGetValue(out string? name))
            return null;
        return scope.HeaderSchemas.Find(Caller.Of(context), name) is { } schema
            ? HeaderRules.Parameters(context.Request, schema, parameters["arguments"])
            : null;
    }

    private static string? RevisionOf(JsonRpcRequest initialize) =>
        initialize.Params?["protocolVersion"] is JsonValue value && value.TryGetValue(out string? revision) ? revision : null;

    // RFC 9110 section 12.5.1, as far as two media types need it: nobody refuses one of them with q=0.
    private static bool Accepts(HttpRequest request, string mediaType)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains(mediaType, StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal);
    }
}
