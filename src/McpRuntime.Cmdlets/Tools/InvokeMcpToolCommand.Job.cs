using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Cmdlets.Binding;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <content>-AsJob: what is to be called is prepared here, where the user can be asked, and called in the
/// background.</content>
public sealed partial class InvokeMcpToolCommand
{
    // What a call in the background does as one here; its arguments are prepared, and its variables are this session's.
    private static readonly string[] Passed =
    [
        nameof(Raw),
        nameof(AsJson),
        nameof(AsHashtable),
        nameof(Force),
        nameof(MaximumBytes),
        nameof(CallParameters.TimeoutSec),
        nameof(CallParameters.First),
        nameof(CallParameters.Skip),
        nameof(CallParameters.All),
        nameof(CallParameters.Wait),
        "Verbose",
        "Debug",
        "ErrorAction",
        "WarningAction",
        "InformationAction",
        "ProgressAction",
    ];

    private CallParameters _own = new();
    private McpToolJob? _job;

    protected override void EndProcessing()
    {
        if (_job is not { } job)
            return;
        job.CloseInput();
        _job = null;
        WriteObject(job);
    }

    protected override void Dispose(bool disposing)
    {
        // The command was stopped before anyone got the job.
        if (disposing)
            _job?.StopJob();
        base.Dispose(disposing);
    }

    private CallTimeout? Timeout =>
        _own.TimeoutSec is { } seconds ? new CallTimeout(TimeSpan.FromSeconds(seconds), "-TimeoutSec") : null;

    private void Start(IToolTarget target, McpTool tool, JsonElement arguments)
    {
        if (_job is null)
        {
            var parameters = MyInvocation
                .BoundParameters.Where(bound => Passed.Contains(bound.Key, StringComparer.OrdinalIgnoreCase))
                .ToDictionary(bound => bound.Key, bound => bound.Value);
            if (OutFile is not null)
            {
                if (FilePaths.Literal(this, OutFile) is not { } file)
                    return;
                parameters[nameof(OutFile)] = file;
            }
            _job = new McpToolJob(
                $"Invoke-McpTool {Diagnostics.UntrustedText.ForTerminal(tool.Name)}",
                new CmdletInfo("Invoke-McpTool", GetType()),
                parameters
            );
            JobRepository.Add(_job);
            ModuleSession.Of(this).Add(_job);
            _job.Start();
        }
        _job.Add(new PreparedCall(target, tool, arguments));
    }
}
