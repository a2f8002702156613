using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Connectors;

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
    /// <param name="context">Who calls.</param>
    /// <param name="cancellationToken">Cancelled with the client's request.</param>
    Task<ToolAnswer> CallAsync(
        ServedTool tool,
        JsonElement arguments,
        CallContext context,
        CancellationToken cancellationToken
    );
}
