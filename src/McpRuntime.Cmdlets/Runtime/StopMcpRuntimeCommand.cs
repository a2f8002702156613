using System.Management.Automation;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>Stop-McpRuntime: ends servers that this session has started.</summary>
/// <remarks>
/// A server gets a moment to finish running calls. Its job and log are kept until Remove-Job.
/// </remarks>
/// <example>
/// <code>
/// Get-McpRuntime | Stop-McpRuntime -PassThru | Remove-Job
/// </code>
/// Ends every server and removes its job.
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "McpRuntime", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(McpRuntimeJob))]
public sealed class StopMcpRuntimeCommand : McpRuntimeCommand
{
    /// <summary>The servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public McpRuntimeJob[] InputObject { get; set; } = [];

    /// <summary>Returns the jobs that were stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var job in ParameterSetName == "InputObject" ? InputObject : Chosen())
        {
            if (!Confirm($"{job.Name} (job {job.Id}, process {job.ProcessId})", "Stop server"))
                continue;
            Await(_ =>
            {
                job.StopJob();
                return Task.CompletedTask;
            });
            if (PassThru)
                WriteObject(job);
        }
    }
}
