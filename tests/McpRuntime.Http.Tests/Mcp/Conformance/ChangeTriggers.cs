using ModelContextProtocol.Server;

namespace McpRuntime.Http.Tests.Mcp.Conformance;

/// <summary>Tools that change what is listed, so that the suite can see that it is told.</summary>
internal sealed class ChangeTriggers(McpServerOptions options)
{
    public IEnumerable<McpServerTool> Tools => [ContentTools.Tool("test_trigger_tool_change", () =>
            {
                Toggle(options.ToolCollection!, ContentTools.Tool("test_changed_tool", () => "Here."));
                return "Changed.";
            }), ContentTools.Tool("test_trigger_prompt_change", () =>
            {
                Toggle(
                    options.PromptCollection!,
                    McpServerPrompt.Create(
                        () => "Here.",
                        new McpServerPromptCreateOptions
                        {
                            Name = "test_changed_prompt",
                            Description = "Comes and goes.",
                        }
                    )
                );
                return "Changed.";
            })];

    private static void Toggle<T>(McpServerPrimitiveCollection<T> collection, T added)
        where T : IMcpServerPrimitive
    {
        if (!collection.TryAdd(added) && collection.TryGetPrimitive(added.Id, out var known))
            collection.Remove(known);
    }
}
