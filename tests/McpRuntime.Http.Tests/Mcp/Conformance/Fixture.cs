using McpRuntime.Json;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

/// <summary>
/// What the official suite expects of a server: tools, resources and prompts of fixed names. They are served by the
/// real gateway; lists come from its own writer, and only calls of the fixture's tools go to the protocol library.
/// </summary>
internal static class Fixture
{
    private static readonly McpServerTool[] Tools =
    [
        .. ContentTools.All(),
        .. InteractiveTools.All(),
        .. InputRequiredTools.All(),
    ];

    /// <summary>The tools as the gateway lists them.</summary>
    public static IReadOnlyList<BuiltInTool> Listed { get; } =
    [
        .. Tools.Select(tool => new BuiltInTool(
            tool.ProtocolTool.Name,
            tool.ProtocolTool.Name,
            tool.ProtocolTool.Description ?? tool.ProtocolTool.Name,
            JsonText.From(tool.ProtocolTool.InputSchema),
            _ => throw new InvalidOperationException("The fixture's tools are called through the library.")
        )),
    ];

    /// <summary>Adds the fixture to a server.</summary>
    public static void Change(McpServerOptions options)
    {
        foreach (var tool in Tools)
            options.ToolCollection!.Add(tool);
        var changes = new ChangeTriggers(options);
        foreach (var tool in changes.Tools)
            options.ToolCollection!.Add(tool);
        options.PromptCollection = [.. Prompts.All()];
        options.ResourceCollection = [.. Resources.All()];
#pragma warning disable MCP9005 // Deprecated, and still part of what older revisions are tested for.
        options.Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability { ListChanged = true },
            Prompts = new PromptsCapability { ListChanged = true },
            Resources = new ResourcesCapability { Subscribe = true, ListChanged = true },
            Logging = new LoggingCapability(),
            Completions = new CompletionsCapability(),
        };
        options.Handlers.SetLoggingLevelHandler = (_, _) => ValueTask.FromResult(new EmptyResult());
#pragma warning restore MCP9005
        options.Handlers.SubscribeToResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult());
        options.Handlers.UnsubscribeFromResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult());
        options.Handlers.CompleteHandler = (_, _) =>
            ValueTask.FromResult(
                new CompleteResult
                {
                    Completion = new Completion
                    {
                        Values = ["paris", "park"],
                        Total = 2,
                        HasMore = false,
                    },
                }
            );
        var ours = options.Filters.Message.IncomingFilters[0];
        options.Filters.Message.IncomingFilters[0] = next =>
        {
            var gateway = ours(next);
            return (context, cancellationToken) =>
                IsOfFixture(options, context.JsonRpcMessage)
                    ? next(context, cancellationToken)
                    : gateway(context, cancellationToken);
        };
        options.Filters.Request.CallToolFilters.Add(next =>
            async (request, cancellationToken) =>
            {
                var result = await next(request, cancellationToken);
                // The stream ends in the middle of the call, and the client has to come back for the rest (SEP-1699).
                if (
                    request.Params?.Name == "test_reconnection"
                    && request.JsonRpcRequest.Context?.RelatedTransport is Http.Mcp.HttpReply reply
                )
                    await reply.DisconnectAsync(TimeSpan.FromMilliseconds(500), cancellationToken);
                return result;
            }
        );
    }

    private static bool IsOfFixture(McpServerOptions options, JsonRpcMessage message) =>
        message is JsonRpcRequest { Method: RequestMethods.ToolsCall } call
        && call.Params?["name"]?.ToString() is { } name
        && options.ToolCollection!.TryGetPrimitive(name, out _);
}
