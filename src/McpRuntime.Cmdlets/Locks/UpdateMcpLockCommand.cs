using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Locks;

namespace McpRuntime.Cmdlets.Locks;

/// <summary>Update-McpLock: keeps what was reviewed of the tools, and returns what differs from it.</summary>
/// <remarks>
/// <para>A lock holds, for each tool, what a model sees of it and what a call of it does. Servers that know the lock by
/// MCP_RUNTIME_LOCK serve only tools that are still the same.</para>
/// <para>Each tool that is new, gone or not as it was reviewed is returned as an object, and the lock is saved after
/// confirmation. -WhatIf returns the differences and saves nothing.</para>
/// <para>Store the lock where those who edit the manifests cannot write.</para>
/// </remarks>
/// <example>
/// <code>
/// Update-McpLock tools.lock -WhatIf | Format-List
/// </code>
/// Shows what differs from what was reviewed.
/// </example>
/// <example>
/// <code>
/// Update-McpLock tools.lock -Confirm:$false | Out-Null
/// </code>
/// Keeps the tools of all connectors as reviewed.
/// </example>
/// <example>
/// <code>
/// Update-McpLock tools.lock -Name petstore -Confirm:$false
/// </code>
/// Keeps the tools of one connector as reviewed; the others stay as they are in the lock.
/// </example>
[Cmdlet(VerbsData.Update, "McpLock", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(McpLockDifference))]
public sealed class UpdateMcpLockCommand : McpConnectorCommand
{
    /// <summary>The lock; it is made if it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The one connector that was reviewed. Default: all.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string? Name { get; set; }

    protected override void ProcessRecord()
    {
        if (FilePaths.Literal(this, Path) is not { } path)
            return;
        try
        {
            var settings = Settings();
            var update = Await(cancellationToken =>
                LockUpdate.PrepareAsync(settings, path, Name, projects: null, cancellationToken)
            );
            foreach (var difference in update.Differences)
                WriteObject(new McpLockDifference(difference));
            var isSame = update.Differences.Count == 0;
            if (
                isSame
                    ? update.StartFile is { } start && Confirm(start, "Renew what makes starts with the lock fast")
                    : Confirm(path, $"Keep {CountText.Of(update.Now.ToolCount, "tool")} as reviewed")
            )
                update.Save();
        }
        catch (FindingsException exception)
        {
            WriteError(FindingErrors.Of(exception.Findings, path));
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ConnectorNotFound, ErrorCategory.ObjectNotFound, Name);
        }
    }
}
