using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>Carries out a call of a connector's tool.</summary>
public interface IToolInvoker
{
    /// <summary>
    /// Calls the tool. What goes wrong upstream or with the arguments is an answer with
    /// <see cref="ToolAnswer.IsError"/>, so that a model can act on it.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="cancellationToken">Cancelled with the client's request.</param>
    Task<ToolAnswer> InvokeAsync(ServedTool tool, JsonElement arguments, CancellationToken cancellationToken);

    /// <summary>The same for an invoker that wants to know who calls.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="caller">Where the request came from; null when nothing is known.</param>
    /// <param name="cancellationToken">Cancelled with the client's request.</param>
    Task<ToolAnswer> InvokeAsync(
        ServedTool tool, JsonElement arguments, JsonRpcMessageContext? caller, CancellationToken cancellationToken) =>
        InvokeAsync(tool, arguments, cancellationToken);
}
