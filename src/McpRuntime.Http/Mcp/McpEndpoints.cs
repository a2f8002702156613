using System.Text.Json.Nodes;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using McpRuntime.Http.RateLimits;
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
    RequestLimits limits,
    TimeProvider time,
    ILoggerFactory loggers,
    IHostApplicationLifetime lifetime
)
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
        var types = ReplyTypes.Of(context);
        if (types is { Json: false, Events: false })
        {
            await McpFault.NotAcceptable("application/json or text/event-stream").WriteAsync(context, default);
            return;
        }
        var (message, batch, malformed) = await MessageReader.ReadAsync(context);
        if (malformed is not null)
        {
            await McpFault.Bad(malformed.Code, malformed.Message).WriteAsync(context, malformed.Id);
            return;
        }
        if (batch is not null)
        {
            if (await BatchAsync(context, scope, batch) is { } refused)
                await refused.WriteAsync(context, default);
            return;
        }
        var id = message is JsonRpcRequest called ? called.Id : default;
        var fault = HeaderRules.Revision(context.Request)
            ?? HeaderRules.Message(context.Request, message!)
            ?? Parameters(context, scope, message!);
        if (fault is null)
        {
            StepUp.Check(context, scope, message!);
            fault = HeaderRules.IsPerRequest(context.Request)
                ? await WithoutSessionAsync(context, scope, message!)
                : await WithSessionAsync(context, scope, message!);
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
        else if (
            !await DirectAnswer.TryAsync(
                context,
                scope,
                request,
                ProtocolEra.PerRequest,
                sessionId: null,
                opensPages: false,
                context.RequestAborted
            )
        )
            await scope.Shared.HandleAsync(context, request, context.RequestAborted);
        return null;
    }

    private async Task<McpFault?> SubscribeAsync(HttpContext context, McpScope scope, JsonRpcRequest request)
    {
        if (ReplyTypes.IsJsonOnly(context))
            return McpFault.NotAcceptable("text/event-stream");
        using var stream = streams.Open(Caller.Of(context));
        if (stream is null)
            return TooManyStreams;
        // A subscription would hold up a stop for ever; calls may finish.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping,
            stream.Ending
        );
        await scope.Shared.HandleAsync(context, request, gone.Token);
        return null;
    }

    private McpFault TooManyStreams =>
        new(
            429,
            McpErrorCode.InvalidRequest,
            $"This caller has {CountText.Of(settings.MaxSessionsPerCaller, "stream")} open, as many as "
                + $"MCP_RUNTIME_MAX_SESSIONS_PER_CALLER allows; close some."
        );

    private async Task<McpFault?> WithSessionAsync(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        if (settings.Stateless)
        {
            if (message is JsonRpcRequest { Method: RequestMethods.Initialize } hello && Refuse(hello) is { } fault)
                return fault;
            await HandleStatelessAsync(context, scope, message);
            return null;
        }
        McpSession? session;
        var sessionId = context.Request.Headers[McpHeaders.SessionId].ToString();
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize } initialize && sessionId.Length == 0)
        {
            if (Refuse(initialize) is { } refused)
                return refused;
            session = await sessions.CreateAsync(scope, Caller.Of(context), RevisionOf(initialize));
            if (session is null)
                return TooManySessions(Caller.Of(context));
        }
        else if (FindSession(context, scope, out session) is { } unknown)
        {
            return unknown;
        }
        context.Response.Headers[McpHeaders.SessionId] = session!.SessionId;
        session.Enter();
        try
        {
            await session.HandleAsync(context, message);
        }
        finally
        {
            session.Leave(time.GetTimestamp());
        }
        // Whatever became of its handshake, a session that no one could use is not kept.
        if (sessionId.Length == 0 && session.Revision is null)
            await sessions.EndAsync(session);
        return null;
    }

    private async Task<McpFault?> BatchAsync(HttpContext context, McpScope scope, MessageBatch batch)
    {
        if (HeaderRules.Revision(context.Request) is { } unknown)
            return unknown;
        var named = context.Request.Headers[McpHeaders.ProtocolVersion].ToString();
        // MCP 2025-06-18, Transports: without the header, and without another way to know, that revision is meant.
        if (named.Length > 0 && named != ProtocolEra.OfBatches)
            return NoBatches;
        McpSession? session = null;
        if (!settings.Stateless)
        {
            var fault = FindSession(context, scope, out session);
            if (fault is not null)
                return fault;
            if (session!.Revision != ProtocolEra.OfBatches)
                return NoBatches;
        }
        // The request itself was counted as one.
        if (!limits.TryTake(Caller.Of(context).Id, batch.Messages.Count - 1, out var wait))
            return new McpFault(
                429,
                McpErrorCode.InvalidRequest,
                $"Too many requests: a batch counts as many as it holds. Wait {(int)Math.Ceiling(wait.TotalSeconds)} s."
            );
        if (session is null)
        {
            await using var single = new McpSession(
                ToolServer.SingleRequest,
                Caller.Of(context).Id,
                scope,
                revision: null,
                loggers,
                time.GetTimestamp()
            );
            await single.HandleAsync(context, batch);
            return null;
        }
        context.Response.Headers[McpHeaders.SessionId] = session.SessionId;
        session.Enter();
        try
        {
            await session.HandleAsync(context, batch);
        }
        finally
        {
            session.Leave(time.GetTimestamp());
        }
        return null;
    }

    private static McpFault NoBatches =>
        McpFault.Bad(
            McpErrorCode.InvalidRequest,
            $"Batches are part of revision {ProtocolEra.OfBatches} alone; send one message."
        );

    private McpFault? FindSession(HttpContext context, McpScope scope, out McpSession? session)
    {
        session = null;
        var id = context.Request.Headers[McpHeaders.SessionId].ToString();
        if (id.Length == 0)
            return McpFault.Bad(
                McpErrorCode.InvalidRequest,
                $"The header {McpHeaders.SessionId} is missing; begin with initialize."
            );
        session = sessions.Find(id, scope, Caller.Of(context));
        return session is null ? McpFault.NoSession : null;
    }

    private static McpFault? Refuse(JsonRpcRequest initialize) =>
        Handshake.Prepare(initialize) is { } fault ? McpFault.Bad(fault.Code, fault.Message) : null;

    private McpFault TooManySessions(Caller caller) =>
        sessions.CountOf(caller) >= settings.MaxSessionsPerCaller
            ? new(
                429,
                McpErrorCode.InvalidRequest,
                $"This caller has {CountText.Of(settings.MaxSessionsPerCaller, "session")} with an open request or "
                    + $"stream, as many as MCP_RUNTIME_MAX_SESSIONS_PER_CALLER allows; end some."
            )
            : new(503, McpErrorCode.InternalError, "There are too many sessions; try again later.");

    // A server for one request; it can neither ask the client anything nor tell it of changes.
    private async Task HandleStatelessAsync(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        if (
            message is JsonRpcRequest request
            && await DirectAnswer.TryAsync(
                context,
                scope,
                request,
                request.Context!.ProtocolVersion,
                sessionId: null,
                opensPages: false,
                context.RequestAborted
            )
        )
            return;
        await using var session = new McpSession(
            ToolServer.SingleRequest,
            Caller.Of(context).Id,
            scope,
            revision: null,
            loggers,
            time.GetTimestamp()
        );
        await session.HandleAsync(context, message);
    }

    private async Task GetAsync(HttpContext context)
    {
        var scope = await ScopeOfAsync(context);
        if (await RefuseAsync(context, "GET"))
            return;
        if (!ReplyTypes.Of(context).Events)
        {
            await McpFault.NotAcceptable("text/event-stream").WriteAsync(context, default);
            return;
        }
        if (
            sessions.Find(context.Request.Headers[McpHeaders.SessionId].ToString(), scope, Caller.Of(context))
            is not { } session
        )
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
            context.RequestAborted,
            lifetime.ApplicationStopping,
            session.Ending,
            open.Ending
        );
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
            await McpFault
                .Bad(
                    McpErrorCode.InvalidRequest,
                    $"{McpHeaders.LastEventId} names no event that is kept in this session."
                )
                .WriteAsync(context, default);
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var scope = await ScopeOfAsync(context);
        if (await RefuseAsync(context, "DELETE"))
            return;
        if (FindSession(context, scope, out var session) is { } fault)
        {
            await fault.WriteAsync(context, default);
            return;
        }
        await sessions.EndAsync(session!);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<bool> RefuseAsync(HttpContext context, string method)
    {
        var fault = HeaderRules.Revision(context.Request);
        var isWithout = settings.Stateless || HeaderRules.IsPerRequest(context.Request);
        // A client that tries GET before it has a session learns by 405 alone that there is no stream to be had this
        // way.
        if (
            fault is null
            && (isWithout || (method == "GET" && context.Request.Headers[McpHeaders.SessionId].Count == 0))
        )
        {
            context.Response.Headers.Allow = isWithout ? "POST" : "POST, DELETE";
            fault = new McpFault(
                405,
                McpErrorCode.InvalidRequest,
                $"{method} needs a session, and the request has none; use POST."
            );
        }
        if (fault is null)
            return false;
        await fault.WriteAsync(context, default);
        return true;
    }

    private async ValueTask<McpScope> ScopeOfAsync(HttpContext context)
    {
        var (project, connector) = (
            context.Request.RouteValues["project"] as string,
            context.Request.RouteValues["connector"] as string
        );
        return await scopes.FindAsync(
            project,
            connector,
            ExposureOf(context),
            Caller.Of(context),
            context.RequestAborted
        )
            ?? throw new ProblemException(
                Problem.NotFound("There is no such MCP endpoint, or none for this caller.") with
                {
                    IsRefusal = scopes.Has(project, connector),
                }
            );
    }

    // The mode belongs to the URL and to no client: the same URL lists the same for every connection.
    private static ToolExposure? ExposureOf(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue)
            return null;
        return context.Request.Query["expose"].ToString() switch
        {
            "" => null,
            "all" => ToolExposure.All,
            "search" => ToolExposure.Search,
            "auto" => ToolExposure.Auto,
            _ => throw new ProblemException(
                Problem.Invalid("The value of 'expose' in the URL must be 'all', 'search' or 'auto'.")
            ),
        };
    }

    private static McpFault? Parameters(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        if (
            message is not JsonRpcRequest { Method: RequestMethods.ToolsCall } request
            || !HeaderRules.IsPerRequest(context.Request)
            || ToolRequest.Text(ToolRequest.Parameters(request), "name"u8) is not { } name
        )
            return null;
        return scope.HeaderSchemas.Find(Caller.Of(context), name) is { } schema
            ? HeaderRules.Parameters(context.Request, schema, request.Params?["arguments"])
            : null;
    }

    private static string? RevisionOf(JsonRpcRequest initialize) =>
        initialize.Params?["protocolVersion"] is JsonValue value && value.TryGetValue(out string? revision)
            ? revision
            : null;
}
