using System.Management.Automation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>A vault could not give or take a secret.</summary>
/// <param name="id">Error id.</param>
/// <param name="category">Its category.</param>
/// <param name="message">Names the vault and the way out; never holds a secret.</param>
/// <param name="inner">What the vault said.</param>
internal sealed class VaultException(string id, ErrorCategory category, string message, Exception? inner = null)
    : McpRuntimeException(message, inner)
{
    public string Id => id;

    public ErrorCategory Category => category;
}
