using System.Text.Json;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A call whose arguments were checked and that was confirmed, for a job.</summary>
/// <param name="target">The tools of the command that prepared it.</param>
/// <param name="tool">The tool.</param>
/// <param name="arguments">An object.</param>
internal sealed class PreparedCall(IToolTarget target, McpTool tool, JsonElement arguments)
{
    public IToolTarget Target => target;

    public McpTool Tool => tool;

    public JsonElement Arguments => arguments;
}
