using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Connectors;
using McpRuntime.Server;

namespace McpRuntime.Tests.Server;

/// <summary>The upstream side of a call, played by the test.</summary>
internal sealed class DelegateInvoker(Func<ServedTool, JsonElement, CancellationToken, Task<ToolAnswer>>? invoke = null)
    : IToolInvoker
{
    public static DelegateInvoker Answering(ToolAnswer answer) => new((_, _, _) => Task.FromResult(answer));

    public Task<ToolAnswer> CallAsync(
        ServedTool tool,
        JsonElement arguments,
        CallContext context,
        CancellationToken cancellationToken
    ) =>
        invoke is null
            ? Task.FromResult(ToolAnswer.Text($"{tool.Connector.Name}/{tool.Tool.Name} {arguments.GetRawText()}"))
            : invoke(tool, arguments, cancellationToken);
}
