using System.Text.Json;
using McpRuntime.Results;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server.Shaping;

/// <summary>
/// Answers <c>resources/read</c> of MCP with stored results. There is no list of them: an answer links to what it
/// stored.
/// </summary>
internal sealed class ResultRequests(ToolRoute route, ModelAnswers answers)
{
    public McpMessageHandler Filter(McpMessageHandler next) =>
        (context, cancellationToken) =>
            context.JsonRpcMessage
                is JsonRpcRequest
                {
                    Method: RequestMethods.ResourcesRead
                        or RequestMethods.ResourcesList
                        or RequestMethods.ResourcesTemplatesList
                } request
            && (IsOfResult(request) || !HasOthers(context.Server.ServerOptions))
                ? AnswerAsync(context.Server, request, cancellationToken)
                : next(context, cancellationToken);

    private static bool IsOfResult(JsonRpcRequest request) =>
        request.Method == RequestMethods.ResourcesRead
        && ToolRequest.Uri(ToolRequest.Parameters(request)) is { } uri
        && ResultUri.Is(uri);

    // A host that adds resources of its own leaves them to the protocol library.
    private static bool HasOthers(McpServerOptions options) =>
        options.ResourceCollection is { IsEmpty: false } || options.Handlers.ReadResourceHandler is not null;

    private async Task AnswerAsync(McpServer server, JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var revision = ProtocolEra.Of(request, server);
        var result = request.Method switch
        {
            RequestMethods.ResourcesList => Write(revision, writer => WriteEmpty(writer, "resources"u8)),
            RequestMethods.ResourcesTemplatesList => Write(revision, writer =>
                WriteEmpty(writer, "resourceTemplates"u8)
            ),
            _ => await ReadAsync(server, request, revision, cancellationToken),
        };
        await server.SendMessageAsync(
            new JsonRpcResponse { Id = request.Id, Result = result.ToNode() },
            cancellationToken
        );
    }

    private async Task<RawResult> ReadAsync(
        McpServer server,
        JsonRpcRequest request,
        string? revision,
        CancellationToken cancellationToken
    )
    {
        var parameters = ToolRequest.Parameters(request);
        if (ToolRequest.Uri(parameters) is not { } uri)
            throw new McpProtocolException("resources/read needs a URI in \"uri\".", McpErrorCode.InvalidParams);
        var origin = new RequestOrigin(
            request.Context?.User,
            revision,
            server.SessionId is { Length: > 0 } id ? id : null,
            ToolRequest.Trace(parameters)
        );
        var context = await route.OpenAsync(origin, cancellationToken);
        var stored = ResultUri.Is(uri)
            ? await answers.FindAsync(ResultUri.HandleOf(uri), context, cancellationToken)
            : null;
        if (stored is null || answers.Body(stored) is not { } body)
            throw new McpProtocolException(
                ModelAnswers.NotFound,
                ProtocolEra.IsPerRequest(revision) ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound
            );
        return Write(revision, writer => WriteContents(writer, stored, body));
    }

    private static RawResult Write(string? revision, Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        buffer.MakeOneLine();
        buffer.Append(RawResult.End);
        return new RawResult(
            ProtocolEra.IsPerRequest(revision) ? ToolListWriter.ToPerRequest(buffer.Span) : buffer.Span.ToArray()
        );
    }

    private static void WriteEmpty(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }

    private static void WriteContents(Utf8JsonWriter writer, StoredResult stored, ReadOnlyMemory<byte> body)
    {
        writer.WriteStartArray("contents"u8);
        writer.WriteStartObject();
        writer.WriteString("uri"u8, ResultUri.Of(stored));
        writer.WriteString("mimeType"u8, stored.MediaType);
        if (stored.MediaType is "application/json" or "text/plain")
            writer.WriteString("text"u8, body.Span);
        else
            writer.WriteBase64String("blob"u8, body.Span);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
