using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>The running servers of Start-McpRuntime: <c>$server</c>, or <c>(Get-McpRuntime NAME)</c>.</summary>
public sealed class RuntimeCompleter : SessionObjectCompleter
{
    internal static SessionSource Runtimes { get; } = new("Get-McpRuntime", typeof(GetMcpRuntimeCommand));

    private protected override SessionSource Source => Runtimes;

    private protected override bool IsUsable(object item) =>
        item is McpRuntimeJob { JobStateInfo.State: JobState.Running };

    private protected override string NameOf(object item) => ((McpRuntimeJob)item).Name;

    private protected override int IdOf(object item) => ((McpRuntimeJob)item).Id;

    private protected override string Describe(object item) =>
        item is McpRuntimeJob job ? $"{job.Transport}, {string.Join(", ", job.Connectors)}" : "";
}
