using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Connectors;
using McpRuntime.Http.Access;
using McpRuntime.Server;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Adds to the answer of a call that lacks a sign-in how this caller can make one.</summary>
internal sealed class LinkingInvoker(IToolInvoker inner, ConnectLinks links, string? project) : IToolInvoker
{
    public async Task<ToolAnswer> CallAsync(
        ServedTool tool,
        JsonElement arguments,
        CallContext context,
        CancellationToken cancellationToken
    )
    {
        var answer = await inner.CallAsync(tool, arguments, context, cancellationToken);
        if (answer.NeededSignIn is not { } key || (context as ToolCallContext)?.User is not Caller caller)
            return answer;
        if (await links.OfferAsync(caller, key, project, cancellationToken) is not { } offer)
            return answer;
        // The lines behind the first name variables and files, which is not for callers.
        var text = answer.Content.OfType<AnswerContent.Text>().FirstOrDefault()?.Value ?? "";
        return answer with { Content = [new AnswerContent.Text($"{text.Split('\n')[0]} {offer}")] };
    }
}
