using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;
using McpRuntime.Server;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// A call of a tool that a further scope would allow is refused by HTTP 403 with that scope, so that the client can ask
/// its user for it (MCP, Authorization, step-up). To anyone else the tool is unknown.
/// </summary>
internal static class StepUp
{
    /// <exception cref="ProblemException">The scope.</exception>
    public static void Check(HttpContext context, McpScope scope, JsonRpcMessage message)
    {
        var caller = Caller.Of(context);
        if (
            caller.Issuer is null
            || message is not JsonRpcRequest { Method: RequestMethods.ToolsCall } request
            || ToolRequest.Text(ToolRequest.Parameters(request), "name"u8) is not { } name
            || !scope.Set.Current.Tools.TryGet(name, out var tool)
            || (scope.Connector is not null && tool.Connector.Name != scope.Connector)
            || caller.Allows(scope.Set.Project, tool)
        )
            return;
        var scopes = context.RequestServices.GetRequiredService<RoleScopes>();
        if (scopes.Needed(caller, context, more => more.Allows(scope.Set.Project, tool)) is { } needed)
            throw new ProblemException(
                Problem.InsufficientScope($"The tool '{tool.Name}' needs the scopes '{needed}'.") with
                {
                    Scope = needed,
                }
            );
    }
}
