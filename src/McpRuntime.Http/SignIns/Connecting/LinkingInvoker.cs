using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
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
        if (
            answer.NeededSignIn is not { } key
            || context is not ToolCallContext { User: Caller caller } called
            || await OfferAsync(called, caller, key, cancellationToken) is not var (text, page)
        )
            return answer;
        // The lines behind the first name variables and files, which is not for callers.
        var fault = answer.Content.OfType<AnswerContent.Text>().FirstOrDefault()?.Value ?? "";
        return answer with { Content = [new AnswerContent.Text($"{fault.Split('\n')[0]} {text}")], Page = page };
    }

    private Task<ConnectOffer?> OfferAsync(
        ToolCallContext context,
        Caller caller,
        CredentialKey key,
        CancellationToken cancellationToken
    ) =>
        // A client that asked its user calls again at once; another link would open another page, and so on.
        context.Reply switch
        {
            UserReply.Accepted => Task.FromResult<ConnectOffer?>(
                new("It is not connected yet: complete the page that was opened, then call again.", null)
            ),
            UserReply.Declined => Task.FromResult<ConnectOffer?>(
                new("The page to connect it was not opened. Call again to get another link.", null)
            ),
            _ => links.OfferAsync(caller, key, project, context.SessionId, cancellationToken),
        };
}
