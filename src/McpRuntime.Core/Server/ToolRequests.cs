using System.Text.Json;
using McpRuntime.Calls.Answers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// Answers <c>tools/list</c> and <c>tools/call</c> of MCP by the <see cref="ToolRoute"/>, ahead of the protocol
/// library's own handlers: from bytes that are ready, with fresh results, and without an error log for what is only a
/// client's mistake.
/// </summary>
internal sealed class ToolRequests(ToolRoute route)
{
    /// <summary>The filter for incoming messages; it is behind the library's checks of revision and metadata.</summary>
    public McpMessageHandler Filter(McpMessageHandler next) =>
        (context, cancellationToken) =>
            context.JsonRpcMessage switch
            {
                JsonRpcRequest { Method: RequestMethods.ToolsList or RequestMethods.ToolsCall } request => AnswerAsync(
                    context.Server,
                    request,
                    cancellationToken
                ),
                _ => next(context, cancellationToken),
            };

    /// <summary>Answers without the protocol library; the message is written to the output as one line.</summary>
    /// <param name="request">The list or the call.</param>
    /// <param name="leavesOthers">What is not a call of a connector's tool is left to the library.</param>
    /// <param name="output">Gets the answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False, with nothing done, for what is left.</returns>
    public async ValueTask<bool> TryAnswerAsync(
        DirectRequest request,
        bool leavesOthers,
        PooledBuffer output,
        CancellationToken cancellationToken
    )
    {
        var context = await route.OpenAsync(request.Origin, cancellationToken);
        if (
            leavesOthers
            && !request.IsList
            && (
                context.FindBuiltIn(request.Name) is { } builtIn
                    ? builtIn.Calls is null
                    : !context.Tools.Catalog.TryGet(request.Name, out _)
            )
        )
            return false;
        if (request.IsList)
        {
            MessageWriter.WriteHead(request.Id, output);
            output.Append(route.List(context).Result(ProtocolEra.IsPerRequest(request.Origin.Revision)).Line);
            return true;
        }
        try
        {
            var answer = await CallAsync(context, request.Name, request.Arguments, cancellationToken);
            if (answer.Page is { } page && context.OpensPages)
            {
                MessageWriter.Write(ToMessage(page, request.Id, request.Origin.Revision), output);
                return true;
            }
            MessageWriter.WriteHead(request.Id, output);
            ToolAnswerWriter.Write(answer, request.Origin.Revision, output);
            output.Append(RawResult.End);
        }
        catch (McpProtocolException refused)
        {
            MessageWriter.Write(new MessageFault(refused.ErrorCode, refused.Message, request.Id).ToError(), output);
        }
        return true;
    }

    private async Task AnswerAsync(McpServer server, JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var parameters = ToolRequest.Parameters(request);
        var revision = ProtocolEra.Of(request, server);
        var origin = new RequestOrigin(
            request.Context?.User,
            revision,
            server.SessionId is { Length: > 0 } id ? id : null,
            ToolRequest.Trace(parameters),
            ToolRequest.IsOfProgram(parameters),
            OpensPages: ProtocolEra.IsPerRequest(revision)
                ? PageElicitation.IsDeclared(parameters)
                : PageElicitation.IsDeclared(server.ClientCapabilities, revision),
            Reply: PageElicitation.ReplyIn(parameters)
        );
        RawResult result;
        if (request.Method == RequestMethods.ToolsList)
        {
            if (ToolRequest.HasCursor(parameters))
                throw Refused("The list of tools has one page; call tools/list without a cursor.");
            result = route
                .List(await route.OpenAsync(origin, cancellationToken))
                .Result(ProtocolEra.IsPerRequest(revision));
        }
        else
        {
            if (ToolRequest.Read(parameters, out var name, out var arguments) is { } fault)
                throw Refused(fault);
            var context = await route.OpenAsync(origin, cancellationToken);
            var progress = CallProgress.Of(server, parameters);
            context.Observer = progress;
            var answer = await CallAsync(context, name, arguments, cancellationToken);
            if (progress is not null)
                await progress.EndAsync();
            if (answer.Page is { } page && context.OpensPages)
            {
                await server.SendMessageAsync(ToMessage(page, request.Id, revision), cancellationToken);
                return;
            }
            result = ToolAnswerWriter.Write(answer, revision);
        }
        await server.SendMessageAsync(
            new JsonRpcResponse { Id = request.Id, Result = result.ToNode() },
            cancellationToken
        );
    }

    private static JsonRpcMessage ToMessage(UserPage page, RequestId id, string? revision) =>
        ProtocolEra.IsPerRequest(revision)
            ? new JsonRpcResponse { Id = id, Result = PageElicitation.Result(page) }
            : PageElicitation.Error(id, page);

    // A name that means several tools is something a model can mend; one that means none is refused, as the
    // specification says.
    private async Task<ToolAnswer> CallAsync(
        ToolCallContext context,
        string name,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await route.CallAsync(context, name, arguments, cancellationToken);
        }
        catch (UnresolvedToolException unresolved)
        {
            return unresolved.IsAmbiguous ? ToolAnswer.Error(unresolved.Message) : throw Refused(unresolved.Message);
        }
    }

    private static McpProtocolException Refused(string message) => new(message, McpErrorCode.InvalidParams);
}
