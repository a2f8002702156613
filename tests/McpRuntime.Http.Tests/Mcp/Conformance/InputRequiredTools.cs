using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

#pragma warning disable MCPEXP001, MCP9001, MCP9002, MCP9003, MCP9005 // Experimental or deprecated, and part of what is tested.

/// <summary>Tools that need something of the client and are called again with it (SEP-2322).</summary>
internal static class InputRequiredTools
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static IEnumerable<McpServerTool> All() =>
        [
            Tool("test_input_required_result_elicitation", request =>
                Needs(request, "user_name", Ask("What is your name?", "name"))
            ),
            Tool("test_incomplete_result_elicitation", request =>
                Needs(request, "user_name", Ask("What is your name?", "name"))
            ),
            Tool("test_input_required_result_sampling", request =>
                Needs(request, "capital_question", Sample("What is the capital of France?"))
            ),
            Tool("test_input_required_result_list_roots", request => Needs(request, "client_roots", Roots())),
            Tool("test_input_required_result_request_state", request => request.RequestState is { } state
                    ? state == "state-1"
                        ? "state-ok"
                        : throw Tampered()
                    : throw new InputRequiredException(One("confirm", Ask("Please confirm.", "ok")), "state-1")),
            Tool("test_input_required_result_tampered_state", request => request.RequestState is { } state
                    ? IsSigned(state)
                        ? "state-ok"
                        : throw Tampered()
                    : throw new InputRequiredException(One("confirm", Ask("Please confirm.", "ok")), Sign("state"))),
            Tool("test_input_required_result_multiple_inputs", request => request.InputResponses is { Count: >= 3 }
                    ? "All three came."
                    : throw new InputRequiredException(
                        new Dictionary<string, InputRequest>
                        {
                            ["user_name"] = Ask("What is your name?", "name"),
                            ["greeting"] = Sample("Write a greeting."),
                            ["client_roots"] = Roots(),
                        },
                        "three"
                    )),
            Tool("test_input_required_result_multi_round", request => request.RequestState switch
                {
                    null => throw new InputRequiredException(
                        One("step1", Ask("Step 1: your name?", "name")),
                        "round-1"
                    ),
                    "round-1" => throw new InputRequiredException(
                        One("step2", Ask("Step 2: your colour?", "color")),
                        "round-2"
                    ),
                    _ => "Both rounds are done.",
                }),
            ContentTools.Tool("test_input_required_result_capabilities", Capabilities),
        ];

    /// <summary>A question with one text for an answer.</summary>
    public static InputRequest Ask(string question, string field) =>
        InputRequest.ForElicitation(
            new ElicitRequestParams
            {
                Message = question,
                RequestedSchema = new ElicitRequestParams.RequestSchema
                {
                    Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
                    {
                        [field] = new ElicitRequestParams.StringSchema(),
                    },
                    Required = [field],
                },
            }
        );

    public static Dictionary<string, InputRequest> One(string key, InputRequest request) => new() { [key] = request };

    private static McpServerTool Tool(string name, Func<CallToolRequestParams, string> body) =>
        ContentTools.Tool(name, (RequestContext<CallToolRequestParams> request) => body(request.Params!));

    private static string Needs(CallToolRequestParams request, string key, InputRequest input) =>
        request.InputResponses?.ContainsKey(key) == true
            ? $"Got {key}."
            : throw new InputRequiredException(One(key, input));

    // Only what the client said it can do may be asked of it.
    private static string Capabilities(RequestContext<CallToolRequestParams> request)
    {
        if (request.Params?.InputResponses is { Count: > 0 })
            return "Got it.";
        var able = request.JsonRpcRequest.Context?.ClientCapabilities;
        var inputs = new Dictionary<string, InputRequest>();
        if (able?.Sampling is not null)
            inputs["capital_question"] = Sample("What is the capital of France?");
        if (able?.Elicitation is not null)
            inputs["user_name"] = Ask("What is your name?", "name");
        if (able?.Roots is not null)
            inputs["client_roots"] = Roots();
        return inputs.Count == 0 ? "There is nothing to ask." : throw new InputRequiredException(inputs);
    }

    private static InputRequest Sample(string prompt) =>
        InputRequest.ForSampling(
            new CreateMessageRequestParams
            {
                MaxTokens = 50,
                Messages =
                [
                    new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] },
                ],
            }
        );

    private static InputRequest Roots() => InputRequest.ForRootsList(new ListRootsRequestParams());

    private static McpProtocolException Tampered() =>
        new("The requestState is not the one that was given out.", McpErrorCode.InvalidParams);

    private static string Sign(string text) =>
        $"{text}.{Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)))}";

    private static bool IsSigned(string state) => state.Split('.') is [var text, _] && Sign(text) == state;
}
