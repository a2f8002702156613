using System.Collections;
using McpRuntime.Cmdlets.Completion;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>Names of the servers of this session.</summary>
public sealed class RuntimeNameCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound) =>
        RuntimeCompleter
            .Runtimes.Get()
            .OfType<McpRuntimeJob>()
            .Select(job => (job.Name, (string?)$"{job.Transport}, {job.JobStateInfo.State}"));
}
