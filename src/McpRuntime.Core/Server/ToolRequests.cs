using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// Answers <c>tools/list</c> and <c>tools/call</c> itself, ahead of the protocol library's own handlers: from bytes
/// that are ready, with fresh results, and without an error log for what is only a client's mistake.
/// </summary>
internal sealed class ToolRequests(IToolSource source, IToolInvoker invoker, ILogger logger)
{
    private const int MaxNamesInMessage = 10;

    private static readonly JsonElement NoArguments = JsonElement.Parse("{}"u8);

    private static readonly JsonDocumentOptions ArgumentOptions = new() { MaxDepth = MessageParser.MaxDepth };

    private volatile bool _wasListed;

    /// <summary>A client has seen a list, so that a change of it is news.</summary>
    public bool WasListed => _wasListed;

    /// <summary>The filter for incoming messages; it stands behind the library's checks of revision and metadata.</summary>
    public McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) => context.JsonRpcMessage switch
    {
        JsonRpcRequest { Method: RequestMethods.ToolsList } request => ListAsync(context.Server, request, cancellationToken),
        JsonRpcRequest { Method: RequestMethods.ToolsCall } request => CallAsync(context.Server, request, cancellationToken),
        _ => next(context, cancellationToken),
    };

    /// <summary>
    /// Answers a list, or a call of a connector's tool, without the protocol library, whose dispatch costs more than
    /// the work itself. The message is written to the output as one line.
    /// </summary>
    /// <param name="request">What the library would have found nothing wrong with.</param>
    /// <param name="revision">Of the request.</param>
    /// <param name="output">Gets the answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False, with nothing done, for anything else and for whatever is to be refused.</returns>
    public async ValueTask<bool> TryAnswerAsync(
        JsonRpcRequest request, string revision, PooledBuffer output, CancellationToken cancellationToken)
    {
        var parameters = request.Params as JsonObject;
        if (request.Method == RequestMethods.ToolsList)
        {
            if (parameters?["cursor"] is not null)
                return false;
            var listed = await source.GetAsync(request.Context, cancellationToken);
            _wasListed = true;
            MessageWriter.WriteHead(request.Id, output);
            output.Append(listed.Result(ProtocolEra.IsPerRequest(revision)).Line);
            return true;
        }
        if (request.Method != RequestMethods.ToolsCall
            || parameters?["name"] is not JsonValue value || !value.TryGetValue(out string? name)
            || TryRead(parameters["arguments"]) is not { } arguments)
            return false;
        var list = await source.GetAsync(request.Context, cancellationToken);
        if (list.FindBuiltIn(name) is not null || !list.Catalog.TryGet(name, out _))
            return false;
        var answer = await AnswerAsync(list, name, arguments, request.Context, cancellationToken);
        MessageWriter.WriteHead(request.Id, output);
        ToolAnswerWriter.Write(answer, revision, output);
        output.Append(RawResult.End);
        return true;
    }

    private async Task ListAsync(McpServer server, JsonRpcRequest request, CancellationToken cancellationToken)
    {
        if ((request.Params as JsonObject)?["cursor"] is not null)
            throw Refused("The list of tools has one page; call tools/list without a cursor.");
        var list = await source.GetAsync(request.Context, cancellationToken);
        _wasListed = true;
        await SendAsync(server, request, list.Result(ProtocolEra.IsPerRequest(ProtocolEra.Of(request, server))), cancellationToken);
    }

    private async Task CallAsync(McpServer server, JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Params as JsonObject;
        if (parameters?["name"] is not JsonValue value || !value.TryGetValue(out string? name))
            throw Refused("tools/call needs the name of a tool in \"name\".");
        var arguments = Arguments(parameters["arguments"]);
        var list = await source.GetAsync(request.Context, cancellationToken);
        var answer = await AnswerAsync(list, name, arguments, request.Context, cancellationToken);
        await SendAsync(server, request, ToolAnswerWriter.Write(answer, ProtocolEra.Of(request, server)), cancellationToken);
    }

    private async Task<ToolAnswer> AnswerAsync(
        ToolList list, string name, JsonElement arguments, JsonRpcMessageContext? caller, CancellationToken cancellationToken)
    {
        try
        {
            if (list.FindBuiltIn(name) is { } builtIn)
                return builtIn.Invoke(arguments);
            return list.Catalog.Resolve(name) switch
            {
                ToolResolution.Found found => await invoker.InvokeAsync(found.Tool, arguments, caller, cancellationToken),
                ToolResolution.Ambiguous ambiguous => ToolAnswer.Error(
                    $"Several connectors have a tool '{name}'. Call one of: {Join(ambiguous.Choices)}."),
                ToolResolution.Unknown unknown => throw Unknown(name, unknown.Nearest, caller),
                var other => throw new InvalidOperationException($"Unexpected resolution {other}."),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (McpProtocolException)
        {
            throw;
        }
        catch (McpRuntimeException e)
        {
            return ToolAnswer.Error(e.Message) with { ErrorCode = e.ErrorCode };
        }
        catch (Exception e)
        {
            // Whatever a call runs into, the session and the other calls go on; the details are for the log.
            logger.LogError(e, "The call of {Tool} failed unexpectedly.", UntrustedText.ForTerminal(name));
            return ToolAnswer.Error($"The call failed inside {ServerIdentity.Title} ({e.GetType().Name}); its log has the details.");
        }
    }

    private McpProtocolException Unknown(string name, IReadOnlyList<string> nearest, JsonRpcMessageContext? caller)
    {
        source.NoteUnknown(name, caller);
        return Refused(Explain(name, nearest));
    }

    private static JsonElement Arguments(JsonNode? node)
    {
        if (node is not (null or JsonObject))
            throw Refused("\"arguments\" must be an object.");
        return TryRead(node) ?? throw Refused("\"arguments\" hold text that is not valid Unicode, or are nested too deeply.");
    }

    private static JsonElement? TryRead(JsonNode? node)
    {
        if (node is null)
            return NoArguments;
        if (node is not JsonObject)
            return null;
        try
        {
            using var buffer = new PooledBuffer();
            using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
                node.WriteTo(writer);
            return JsonElement.Parse(buffer.Span, ArgumentOptions);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
        {
            return null;
        }
    }

    private static string Explain(string name, IReadOnlyList<string> nearest)
    {
        var shown = UntrustedText.Shorten(UntrustedText.ForTerminal(name), WireName.MaxLength * 2);
        return nearest.Count == 0
            ? $"There is no tool '{shown}'; tools/list has the names."
            : $"There is no tool '{shown}'. Did you mean {Join(nearest)}?";
    }

    private static string Join(IReadOnlyList<string> names) =>
        names.Count <= MaxNamesInMessage
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MaxNamesInMessage))} and {names.Count - MaxNamesInMessage} more";

    private static McpProtocolException Refused(string message) => new(message, McpErrorCode.InvalidParams);

    private static Task SendAsync(McpServer server, JsonRpcRequest request, RawResult result, CancellationToken cancellationToken) =>
        server.SendMessageAsync(new JsonRpcResponse { Id = request.Id, Result = result.ToNode() }, cancellationToken);
}
