using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

#pragma warning disable MCPEXP001 // Experimental, and part of what is tested.

internal static class Prompts
{
    public static IEnumerable<McpServerPrompt> All() =>
        [
            Prompt("test_simple_prompt", () => "This is a simple prompt for testing."),
            Prompt("test_prompt_with_arguments", (string arg1, string arg2) =>
                $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"
            ),
            Prompt("test_prompt_with_embedded_resource", (string resourceUri) =>
                new[]
                {
                    Message(ContentTools.Embedded(resourceUri, "text/plain", "Embedded resource content for testing.")),
                    Message(new TextContentBlock { Text = "Please process the embedded resource above." }),
                }
            ),
            Prompt("test_prompt_with_image", () =>
                new[]
                {
                    Message(ContentTools.Image()),
                    Message(new TextContentBlock { Text = "Please analyze the image above." }),
                }
            ),
            Prompt("test_input_required_result_prompt", (RequestContext<GetPromptRequestParams> request) =>
                request.Params?.InputResponses?.ContainsKey("user_context") == true
                    ? "The context came."
                    : throw new InputRequiredException(
                        InputRequiredTools.One(
                            "user_context",
                            InputRequiredTools.Ask("What context should the prompt use?", "context")
                        )
                    )
            ),
        ];

    private static PromptMessage Message(ContentBlock content) => new() { Role = Role.User, Content = content };

    private static McpServerPrompt Prompt(string name, Delegate body) =>
        McpServerPrompt.Create(
            body,
            new McpServerPromptCreateOptions { Name = name, Description = $"{name} of the conformance suite." }
        );
}
