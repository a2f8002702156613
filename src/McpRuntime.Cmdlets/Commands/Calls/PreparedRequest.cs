using System.Text.Json;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Connectors;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>A call that a command is about to make.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">An object.</param>
/// <param name="TypePrefix">What the names of its answers' types begin with: <c>McpRuntime.Github</c>.</param>
/// <param name="Siblings">The tools of its connector.</param>
/// <param name="OffersPages">The command has -First and -All for it.</param>
internal sealed record PreparedRequest(
    McpTool Tool,
    JsonElement Arguments,
    string TypePrefix,
    IReadOnlyList<ServedTool> Siblings,
    bool OffersPages
);

/// <summary>A call has not all that it needs.</summary>
internal sealed class ArgumentsMissingException(string message) : McpRuntimeException(message);
