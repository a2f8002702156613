using System.Management.Automation;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>A gateway cannot start for a reason that has an error id of its own.</summary>
/// <param name="id">Error id.</param>
/// <param name="category">Its category.</param>
/// <param name="message">Names the thing and what to do.</param>
internal sealed class GatewayStartException(string id, ErrorCategory category, string message)
    : McpRuntimeException(message)
{
    public string Id => id;

    public ErrorCategory Category => category;
}
