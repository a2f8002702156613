namespace McpRuntime.Http.Audit;

/// <summary>
/// What the audit calls each route that changes something. A route's own code notes what it did; what went wrong is
/// noted by <see cref="AuditedProblems"/>, so that an attempt is never without a trace.
/// </summary>
internal static class AuditedActions
{
    /// <summary>What is called that is not a change: reading, or a path that does not exist.</summary>
    public const string Access = "access";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["POST v1/tokens"] = "token.create",
        ["DELETE v1/tokens/{id}"] = "token.revoke",
        ["POST v1/accounts/link"] = "sign_in.link",
        ["DELETE v1/accounts"] = "sign_in.disconnect",
        ["POST v1/projects"] = "project.create",
        ["PUT v1/projects/{project}"] = "project.update",
        ["DELETE v1/projects/{project}"] = "project.delete",
        ["POST v1/projects/{project}/connectors"] = "connector.install",
        ["POST v1/projects/{project}/imports"] = "connector.import",
        ["POST v1/projects/{project}/connectors/{connector}/history/{number}/restore"] = "connector.restore",
        ["PATCH v1/projects/{project}/connectors/{**connector}"] = "connector.change",
        ["DELETE v1/projects/{project}/connectors/{**connector}"] = "connector.remove",
        ["PUT v1/credentials/{scheme}"] = "credential.set",
        ["DELETE v1/credentials/{scheme}"] = "credential.remove",
        ["POST v1/credentials/{scheme}/confirm"] = "credential.confirm",
        ["POST v1/credentials/{scheme}/test"] = "credential.test",
        ["PATCH v1/runtime/connectors/{**connector}"] = "connector.switch",
        ["POST v1/runtime/reload"] = "runtime.reload",
        ["POST v1/runtime/drain"] = "runtime.drain",
        ["POST v1/runtime/stop"] = "runtime.stop",
        ["POST v1/runtime/tickets"] = "runtime.watch",
        ["POST v1/tools/{tool}"] = "tool.call",
    };

    /// <summary>The action of a route; null for one that changes nothing.</summary>
    public static string? Of(string method, RouteEndpoint route) =>
        Known.GetValueOrDefault($"{method} {route.RoutePattern.RawText?.Trim('/')}");
}
