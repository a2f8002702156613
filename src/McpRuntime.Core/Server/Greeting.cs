using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// Puts the caller's <c>instructions</c> into the answers to <c>initialize</c> and <c>server/discover</c>. The protocol
/// library has one text for all sessions and all time; what is served differs by caller and changes.
/// </summary>
internal sealed class Greeting(ToolRoute route)
{
    private readonly AsyncLocal<string?> _instructions = new();

    /// <summary>For incoming messages: the answer is sent from within the rest of the chain.</summary>
    public McpMessageHandler Incoming(McpMessageHandler next) =>
        async (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage is JsonRpcRequest
                {
                    Method: RequestMethods.Initialize or RequestMethods.ServerDiscover
                } request
            )
            {
                var origin = new RequestOrigin(request.Context?.User, ProtocolEra.Of(request, context.Server));
                var tools = (await route.OpenAsync(origin, cancellationToken)).Tools;
                _instructions.Value = tools.Instructions;
                await next(context, cancellationToken);
                // The client lists next. Written before, the list would only be in the way of the first answer.
                _ = Task.Run(tools.Prepare, CancellationToken.None);
                return;
            }
            await next(context, cancellationToken);
        };

    /// <summary>For outgoing messages.</summary>
    public McpMessageHandler Outgoing(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (Advertisement.ResultOf(context.JsonRpcMessage) is { } result && _instructions.Value is { } instructions)
                result["instructions"] = instructions;
            return next(context, cancellationToken);
        };
}
