using System.Management.Automation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>A vault could not give or take a secret.</summary>
internal sealed class VaultException : McpRuntimeException
{
    /// <param name="id">Error id.</param>
    /// <param name="category">Its category.</param>
    /// <param name="message">Names the vault and what to do; never holds a secret.</param>
    /// <param name="inner">What the vault said.</param>
    public VaultException(string id, ErrorCategory category, string message, Exception? inner = null)
        : base(message, inner) => (ErrorCode, Id, Category) = (id, id, category);

    public string Id { get; }

    public ErrorCategory Category { get; }
}
