using System.Text.Json;
using McpRuntime.Cmdlets.Answers;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A call whose arguments were checked and that was confirmed, for a job.</summary>
/// <param name="target">The tools of the command that prepared it.</param>
/// <param name="tool">The tool.</param>
/// <param name="arguments">An object.</param>
/// <param name="objects">Writes the answer.</param>
internal sealed class PreparedCall(IToolTarget target, McpTool tool, JsonElement arguments, AnswerObjects objects)
{
    public IToolTarget Target => target;

    public McpTool Tool => tool;

    public JsonElement Arguments => arguments;

    public AnswerObjects Objects => objects;
}
