using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Paging;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tracing;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>The tools of an MCP server.</summary>
/// <param name="cmdlet">Waits for the server.</param>
/// <param name="location">The server, for the tools that it gives.</param>
/// <param name="client">The session.</param>
/// <param name="unreachable">Ends the command when the server does not give its tools.</param>
/// <param name="end">Ends the session where it was opened for this command.</param>
internal sealed class RemoteTools(
    McpCmdlet cmdlet,
    ToolLocation location,
    McpClient client,
    Func<Exception, Exception> unreachable,
    Action end
) : IToolTarget
{
    private IReadOnlyList<McpTool>? _tools;

    public IReadOnlyList<McpTool> List()
    {
        try
        {
            return _tools ??= cmdlet.Await<IReadOnlyList<McpTool>>(async cancellationToken =>
                [
                    .. (await client.ListToolsAsync(cancellationToken: cancellationToken)).Select(tool => new McpTool(
                        tool.ProtocolTool,
                        location
                    )),
                ]
            );
        }
        catch (Exception exception) when (ConnectionFault.Is(exception))
        {
            throw unreachable(exception);
        }
    }

    public McpTool Find(string name) => ToolNames.Find(List(), Name, name);

    public IAnswer Call(CallRequest call)
    {
        if (call.Profile is not null)
            throw cmdlet.Terminate(
                $"-Profile cannot be used with '{Name}': a server chooses its accounts itself. Start it with "
                    + $"Start-McpRuntime -Profile.",
                ErrorId.ParameterConflict,
                ErrorCategory.InvalidArgument,
                call.Profile
            );
        var began = Stopwatch.GetTimestamp();
        call.Bar.Report($"'{Name}' works on it");
        if (cmdlet.IsDebug)
            cmdlet.WriteDebug(ServerCallText.Request(Name, call.Tool.Name, call.Arguments));
        var answer = Send(call);
        if (cmdlet.IsVerbose)
            cmdlet.WriteVerbose(ServerCallText.Line(Name, call.Tool.Name, answer, Stopwatch.GetElapsedTime(began)));
        if (cmdlet.IsDebug)
            cmdlet.WriteDebug(ServerCallText.Response(answer));
        return new ServerAnswer(answer, call.MaximumBytes);
    }

    public PageReading? ReadPages(CallRequest call, PageCaps caps) => null;

    public IToolTarget For(McpToolCommand cmdlet) => cmdlet.TargetAt(location);

    private string Name => location.Server?.Name ?? location.Runtime?.Name ?? "";

    private ToolAnswer Send(CallRequest call)
    {
        var request = new CallToolRequestParams
        {
            Name = call.Tool.Name,
            Arguments = call
                .Arguments.EnumerateObject()
                .ToDictionary(argument => argument.Name, argument => argument.Value),
            // A script wants all that the API sent; other servers do not know this word.
            Meta = new JsonObject { [AnswerMeta.Whole] = true },
        };
        try
        {
            return ToAnswer(call.Bar.Await(cancellationToken => SendAsync(request, call.Timeout, cancellationToken)));
        }
        catch (TimeoutException)
        {
            return ToolAnswer.Error(
                $"'{Name}' did not answer within {call.Timeout!.Time.TotalSeconds:0.###} s "
                    + $"({call.Timeout.Source}). The call may or may not have been carried out."
            ) with
            {
                Failure = ToolFailure.Timeout,
            };
        }
        catch (McpException exception)
        {
            return ToolAnswer.Error(exception.Message);
        }
        catch (Exception exception) when (ConnectionFault.Is(exception))
        {
            return ToolAnswer.Error(
                (location.Server?.Explain(exception) ?? ConnectionFault.AsError(exception)).Message
            ) with
            {
                Failure = ToolFailure.Unreachable,
            };
        }
    }

    private async Task<CallToolResult> SendAsync(
        CallToolRequestParams request,
        CallTimeout? timeout,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is not null)
            limit.CancelAfter(timeout.Time);
        try
        {
            return await client.CallToolAsync(request, limit.Token);
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    public string Preview(McpTool tool, JsonElement arguments, string? profile) =>
        $"{UntrustedText.ForTerminal(tool.Name)} {UntrustedText.ForTerminal(arguments.GetRawText())}";

    public void Dispose() => end();

    private static ToolAnswer ToAnswer(CallToolResult result)
    {
        var answer = new ToolAnswer { Content = [], Headers = HeadersOf(result) };
        var text = answer.HeadersText();
        if (text is not null && result.Content is [.., TextContentBlock last] && last.Text == text)
            result.Content = [.. result.Content.SkipLast(1)];
        return answer with
        {
            IsError = result.IsError == true,
            Detail = result.IsError == true ? DetailOf(result.StructuredContent) : null,
            ErrorCode = Word(result, AnswerMeta.Error),
            IsEmpty = Word(result, AnswerMeta.Body) == AnswerMeta.NoBody,
            IsCut = Word(result, AnswerMeta.Body) == AnswerMeta.Truncated,
            Structured =
                result.StructuredContent is { } structured && !IsWrapped(result, structured)
                    ? JsonText.From(structured)
                    : null,
            Status = StatusOf(result.StructuredContent),
            Content = [.. result.Content.Select(ToContent)],
        };
    }

    private static string? Word(CallToolResult result, string name) =>
        result.Meta?[name] is JsonValue value && value.TryGetValue<string>(out var word) ? word : null;

    // The runtime's own servers give the API's error next to its status.
    private static string? DetailOf(JsonElement? structured) =>
        structured is { ValueKind: JsonValueKind.Object } fields
        && fields.TryGetProperty("status", out _)
        && fields.TryGetProperty("body", out var body)
        && ProblemText.Read(body) is { Length: > 0 } words
            ? words
            : null;

    // The runtime's own servers list them for programs, besides the text for models.
    private static List<AnswerHeader> HeadersOf(CallToolResult result) =>
        result.Meta?[AnswerMeta.Headers] is JsonObject headers
            ? [.. headers.Select(header => new AnswerHeader(header.Key, header.Value?.ToString() ?? ""))]
            : [];

    // Before 2026-07-28 the structured answer had to be an object, so servers wrap a list; the text holds it as it is.
    private static bool IsWrapped(CallToolResult result, JsonElement structured) =>
        structured.ValueKind == JsonValueKind.Object
        && structured.GetPropertyCount() == 1
        && structured.TryGetProperty("result", out _)
        && result.Content is [TextContentBlock only]
        && !only.Text.AsSpan().TrimStart().StartsWith('{');

    // The runtime's own servers say the API's status next to the text.
    private static int? StatusOf(JsonElement? structured) =>
        structured is { ValueKind: JsonValueKind.Object } fields
        && fields.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.Number
        && status.TryGetInt32(out var number)
            ? number
            : null;

    private static AnswerContent ToContent(ContentBlock block) =>
        block switch
        {
            TextContentBlock text => new AnswerContent.Text(text.Text),
            ImageContentBlock image => new AnswerContent.Image(image.DecodedData, image.MimeType),
            AudioContentBlock audio => new AnswerContent.Audio(audio.DecodedData, audio.MimeType),
            EmbeddedResourceBlock { Resource: TextResourceContents text } => new AnswerContent.Text(text.Text),
            EmbeddedResourceBlock { Resource: BlobResourceContents blob } => new AnswerContent.Blob(
                blob.DecodedData,
                blob.MimeType ?? "application/octet-stream",
                new Uri(blob.Uri, UriKind.RelativeOrAbsolute)
            ),
            ResourceLinkBlock link => new AnswerContent.Text(link.Uri),
            _ => new AnswerContent.Text(block.Type),
        };
}
