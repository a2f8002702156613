using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Binding;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// -AsJob: what is to be called is prepared in the command, where the user can be asked, and called in the background.
/// All calls of one command are one job.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="name">What it is called.</param>
/// <param name="settings">What its parameters say.</param>
internal sealed class BackgroundCalls(McpCmdlet cmdlet, string name, CallSettings settings) : IDisposable
{
    // What a call in the background does as one here; its arguments are prepared, and its variables are this session's.
    private static readonly string[] Passed =
    [
        nameof(InvokeMcpToolCommand.Raw),
        nameof(InvokeMcpToolCommand.AsJson),
        nameof(InvokeMcpToolCommand.AsHashtable),
        nameof(InvokeMcpToolCommand.Force),
        nameof(InvokeMcpToolCommand.MaximumBytes),
        nameof(CallParameters.TimeoutSec),
        nameof(CallParameters.Profile),
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

    private McpToolJob? _job;

    /// <summary>Adds a call; the first one starts the job.</summary>
    public void Add(IToolTarget target, McpTool tool, JsonElement arguments, AnswerObjects objects)
    {
        if (_job is null && !TryStart())
            return;
        _job!.Add(new PreparedCall(target, tool, arguments, objects));
    }

    /// <summary>No call follows: the command returns its job.</summary>
    public void Close()
    {
        if (_job is not { } job)
            return;
        job.CloseInput();
        _job = null;
        cmdlet.WriteObject(job);
    }

    /// <summary>The command was stopped before anyone got the job.</summary>
    public void Dispose() => _job?.StopJob();

    private bool TryStart()
    {
        var parameters = cmdlet
            .MyInvocation.BoundParameters.Where(bound => Passed.Contains(bound.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(bound => bound.Key, bound => bound.Value);
        if (settings.OutFile is { } path)
        {
            if (FilePaths.Literal(cmdlet, path) is not { } file)
                return false;
            parameters[nameof(InvokeMcpToolCommand.OutFile)] = file;
        }
        _job = new McpToolJob(
            UntrustedText.ForTerminal(name),
            new CmdletInfo("Invoke-McpTool", typeof(InvokeMcpToolCommand)),
            parameters
        );
        cmdlet.JobRepository.Add(_job);
        ModuleSession.Of(cmdlet).Add(_job);
        _job.Start();
        return true;
    }
}
