using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Schema = ModelContextProtocol.Protocol.ElicitRequestParams;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

#pragma warning disable MCP9001, MCP9002, MCP9003, MCP9004, MCP9005 // Deprecated, and still part of what older revisions are tested for.

/// <summary>Tools that talk to the client while they run.</summary>
internal static class InteractiveTools
{
    public static IEnumerable<McpServerTool> All() =>
        [
            ContentTools.Tool("test_tool_with_logging", LogAsync),
            ContentTools.Tool("test_logging_tool", LogAsync),
            ContentTools.Tool("test_tool_with_progress", ProgressAsync),
            ContentTools.Tool("test_sampling", SampleAsync),
            ContentTools.Tool(
                "test_elicitation",
                (McpServer server, string message, CancellationToken cancellationToken) =>
                    ElicitAsync(
                        server,
                        message,
                        new() { ["response"] = new Schema.StringSchema { Description = "The answer." } },
                        cancellationToken
                    )
            ),
            ContentTools.Tool(
                "test_elicitation_sep1034_defaults",
                (McpServer server, CancellationToken cancellationToken) =>
                    ElicitAsync(server, "Values with defaults.", Defaults(), cancellationToken)
            ),
            ContentTools.Tool(
                "test_elicitation_sep1330_enums",
                (McpServer server, CancellationToken cancellationToken) =>
                    ElicitAsync(server, "Choices of every kind.", Choices(), cancellationToken)
            ),
            ContentTools.Tool("test_missing_capability", (RequestContext<CallToolRequestParams> request) =>
                request.JsonRpcRequest.Context?.ClientCapabilities?.Sampling is null
                    ? throw new MissingRequiredClientCapabilityException(
                        new ClientCapabilities { Sampling = new SamplingCapability() },
                        "The client did not declare sampling."
                    )
                    : "The client can sample."
            ),
        ];

    private static async Task<string> LogAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken
    )
    {
        var logger = request.Server.AsClientLoggerProvider().CreateLogger("conformance");
        foreach (var step in new[] { "started", "processing", "completed" })
        {
            logger.Log(Microsoft.Extensions.Logging.LogLevel.Information, default, $"Tool {step}", null, (text, _) =>
                text
            );
            await Task.Delay(50, cancellationToken);
        }
        return "Logged.";
    }

    private static async Task<string> ProgressAsync(
        McpServer server,
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken
    )
    {
        if (request.Params?.ProgressToken is not { } token)
            return "Nobody asked for progress.";
        foreach (var progress in new[] { 0, 50, 100 })
        {
            await server.NotifyProgressAsync(
                token,
                new ProgressNotificationValue { Progress = progress, Total = 100 },
                cancellationToken: cancellationToken
            );
            await Task.Delay(50, cancellationToken);
        }
        return "Done.";
    }

    private static async Task<string> SampleAsync(McpServer server, string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(
            new CreateMessageRequestParams
            {
                MaxTokens = 100,
                Messages =
                [
                    new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] },
                ],
            },
            cancellationToken
        );
        return $"LLM response: {answer.Content.OfType<TextContentBlock>().First().Text}";
    }

    private static async Task<string> ElicitAsync(
        McpServer server,
        string message,
        Dictionary<string, Schema.PrimitiveSchemaDefinition> properties,
        CancellationToken cancellationToken
    )
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = message,
                RequestedSchema = new Schema.RequestSchema { Properties = properties },
            },
            cancellationToken
        );
        return $"User response: action={answer.Action}";
    }

    private static Dictionary<string, Schema.PrimitiveSchemaDefinition> Defaults() =>
        new()
        {
            ["name"] = new Schema.StringSchema { Default = "John Doe" },
            ["age"] = new Schema.NumberSchema { Type = "integer", Default = 30 },
            ["score"] = new Schema.NumberSchema { Default = 95.5 },
            ["status"] = new Schema.UntitledSingleSelectEnumSchema
            {
                Enum = ["active", "inactive", "pending"],
                Default = "active",
            },
            ["verified"] = new Schema.BooleanSchema { Default = true },
        };

    private static Dictionary<string, Schema.PrimitiveSchemaDefinition> Choices() =>
        new()
        {
            ["untitledSingle"] = new Schema.UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] },
            ["titledSingle"] = new Schema.TitledSingleSelectEnumSchema { OneOf = Titled() },
            ["legacyEnum"] = new Schema.LegacyTitledEnumSchema
            {
                Enum = ["opt1", "opt2", "opt3"],
                EnumNames = ["Option One", "Option Two", "Option Three"],
            },
            ["untitledMulti"] = new Schema.UntitledMultiSelectEnumSchema
            {
                Items = new() { Enum = ["option1", "option2", "option3"] },
            },
            ["titledMulti"] = new Schema.TitledMultiSelectEnumSchema { Items = new() { AnyOf = Titled() } },
        };

    private static Schema.EnumSchemaOption[] Titled() =>
        [
            new() { Const = "value1", Title = "First" },
            new() { Const = "value2", Title = "Second" },
            new() { Const = "value3", Title = "Third" },
        ];
}
